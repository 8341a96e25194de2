/** What a statement does to some rows of a table, in the words of its effect's `detail`; policies of unasked deeds go by them. */
export const ROW_CHANGES = { adds: 'adds rows', changes: 'changes rows', deletes: 'deletes rows' } as const
