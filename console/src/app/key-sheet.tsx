import { Dialog } from '@base-ui/react/dialog'
import { Fragment, type ReactNode } from 'react'
import { Button } from '../design/button.tsx'
import { useKeyGroups } from './keys.ts'

/** The sheet of keys that answer right here, opened with `?`. */
export function KeySheet({ open, onOpenChange }: { readonly open: boolean; readonly onOpenChange: (open: boolean) => void }): ReactNode {
  const groups = useKeyGroups()
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed top-[12vh] left-1/2 z-50 max-h-[76vh] w-[min(34rem,92vw)] -translate-x-1/2 overflow-auto rounded-xl border border-line bg-raised p-6 shadow-raised">
          <Dialog.Title className="text-head font-semibold">Keys</Dialog.Title>
          <div className="mt-4 flex flex-col gap-5">
            {groups.map((group) => (
              <section key={group.name}>
                <h3 className="eyebrow pb-1.5">{group.name}</h3>
                <dl className="grid grid-cols-[6rem_1fr] gap-y-1.5">
                  {group.bindings.map((binding) => (
                    <Fragment key={binding.keys}>
                      <dt className="flex gap-1">
                        {binding.keys.split(' ').map((key) => (
                          <kbd key={key} className="rounded border border-line-strong bg-sunken px-1.5 text-small">
                            {key}
                          </kbd>
                        ))}
                      </dt>
                      <dd>{binding.does}</dd>
                    </Fragment>
                  ))}
                </dl>
              </section>
            ))}
          </div>
          <div className="mt-6 flex justify-end">
            <Button onClick={() => onOpenChange(false)}>Close</Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
