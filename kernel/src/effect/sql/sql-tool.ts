import type { ToolCall } from '../../event/event.ts'
import type { Certainty } from '../effect.ts'
import type { ToolUse } from '../tool/tool-catalogue.ts'

/** Words in a tool's name, server or description that say it speaks to a database. */
const DATABASE =
  /(?:^|[^a-z])(?:sql|t-?sql|databases?|db|rdbms|postgres(?:ql)?|psql|pg|mysql|mariadb|sqlite|duckdb|motherduck|bigquery|bq|snowflake|redshift|clickhouse|mssql|oracle|athena|trino|presto|databricks|supabase|planetscale|neon|cockroach(?:db)?|spanner|hive|warehouse|d1|timescale|singlestore|tidb)(?:$|[^a-z])/i
const SQL_KEY = /^(?:sql|sql_?(?:query|statement|text|code|string|command)s?|raw_?sql|query_?sql|statements?)$/i
const QUERY_KEY = /^(?:query|queries|q|command|cmd|script|code|text|input|statement|statements|expression)$/i
/** Tools that look for texts about something, whatever these hold. */
const SEARCHES = /search|lookup|docs?(?:$|[^a-z])|google|browse|ask|chat|prompt/i

/** Text that starts as SQL does, comments and brackets left aside. */
const STARTS_AS_SQL =
  /^(?:\s|--[^\n]*\n|\/\*(?:[^*]|\*(?!\/)){0,2000}\*\/|\()*(?:select\s|with\s+(?:recursive\s+)?["\w`[\]]+\s*(?:\([^)]{0,400}\)\s*)?as\s|insert\s+(?:or\s+\w+\s+|overwrite\s+|ignore\s+)?into\s|replace\s+into\s|update\s+\S+\s+(?:as\s+\w+\s+|\w+\s+)?set\s|delete\s+from\s|merge\s+into\s|create\s+(?:or\s+replace\s+)?(?:\w+\s+){0,3}(?:table|view|index|database|schema|user|role|function|procedure|trigger|extension|sequence|type|event|server|login)\s|drop\s+(?:table|view|index|database|schema|user|role|function|procedure|trigger|column|owned|materialized|sequence|extension)\s|alter\s+(?:table|database|user|role|system|schema|view|server|login|default)\s|truncate\s+|grant\s+\S{1,80}.{0,400}\sto\s|revoke\s+\S{1,80}.{0,400}\sfrom\s|copy\s+\S{1,80}.{0,400}\s(?:to|from)\s|explain\s|exec(?:ute)?\s|call\s+[\w.]+\s*\(|attach\s+(?:database\s+)?'|load\s+data\s|pragma\s|vacuum(?:\s|$)|begin(?:\s*;|\s+transaction|\s+tran)|set\s+(?:global|role|session)\s|show\s+\w|describe\s+\w|use\s+\w+\s*;|values\s*\(|do\s+\$|prepare\s+\w|declare\s+@|shutdown(?:\s|;|$)|backup\s|table\s+\w)/is

/** Keys of the arguments that hold SQL. Empty when the tool has nothing to do with databases. */
function sqlKeys(call: ToolCall, keys: readonly string[]): readonly string[] {
  const candidates = keys.filter((key) => SQL_KEY.test(key) || QUERY_KEY.test(key))
  if (candidates.length === 0) return []
  const about = `${call.server ?? ''} ${call.tool} ${(call.definition?.description ?? '').slice(0, 300)}`
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
  const speaks = DATABASE.test(about)
  return candidates.filter((key) => {
    const text = firstText(call.args[key])
    if (text === undefined) return false
    if (SQL_KEY.test(key)) return !/^statements?$/i.test(key) || STARTS_AS_SQL.test(text.slice(0, 8192))
    return (speaks || /quer|exec|run/i.test(call.tool)) && !(SEARCHES.test(call.tool) && !speaks) && STARTS_AS_SQL.test(text.slice(0, 8192))
  })
}

function firstText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return Array.isArray(value) && typeof value[0] === 'string' ? value[0] : undefined
}

interface Uses {
  readonly uses: readonly ToolUse[]
  readonly certainty: Certainty
}

/** SQL among the arguments says more than the tool's name: a query tool may be handed a `DROP TABLE`. */
export function withSql(known: Uses, call: ToolCall, keys: readonly string[]): Uses {
  if (known.uses.some(({ what }) => what === 'powershell' || what === 'cmd' || what === 'patch')) return known
  const found = sqlKeys(call, keys)
  if (found.length === 0) return known
  const others = known.uses.filter(({ what }) => !/^(?:data\.|process\.exec|tool\.invoke|foreign|shell|none)/.test(what))
  return { uses: [...others, ...found.map((key) => ({ what: 'sql', keys: [key] }))], certainty: known.certainty }
}
