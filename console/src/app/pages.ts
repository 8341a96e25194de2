import { Activity, BrainCircuit, Gavel, Hand, type LucideIcon, MonitorCheck, ScrollText } from 'lucide-react'

/** The pages, in the order in which a person works. Only pages that are real stand here. */
export const PAGES = [
  { name: 'Now', to: '/', icon: Activity, keys: 'g n' },
  { name: 'Decisions', to: '/decisions', icon: Gavel, keys: 'g d' },
  { name: 'Approvals', to: '/approvals', icon: Hand, keys: 'g a' },
  { name: 'Fleet', to: '/fleet', icon: MonitorCheck, keys: 'g f' },
  { name: 'Policy', to: '/policy', icon: ScrollText, keys: 'g p' },
  { name: 'Models', to: '/models', icon: BrainCircuit, keys: 'g m' },
] as const satisfies readonly { name: string; to: string; icon: LucideIcon; keys: string }[]
