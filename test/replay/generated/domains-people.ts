/** Tasks about people: customers, staff, appointments, tickets, messages. */
import type { Chance } from '../../harness/chance.ts'
import { amountOf, dayOf, type Domain, idOf, personOf, remarkOf, step, type Task } from './task.ts'

function tellCustomer(chance: Chance): Task {
  const [person, other, day] = [personOf(chance), personOf(chance), dayOf(chance)]
  const order = idOf(chance, 'SO')
  return {
    prompt: `Let the customer of order ${order} know that delivery is now on ${day}.`,
    steps: [
      step(
        'get sales order',
        'Reads one sales order.',
        { order_id: order },
        {
          order_id: order,
          customer: person.name,
          customer_email: person.email,
          total: amountOf(chance),
          agent: other.name,
          remarks: remarkOf(chance),
        },
      ),
      step(
        'send customer mail',
        'Writes to a customer.',
        { to: person.email, subject: `Order ${order}`, body: `Dear ${person.name}, your delivery is now planned for ${day}.` },
        { status: 'queued' },
      ),
    ],
  }
}

function logCall(chance: Chance): Task {
  const people = [personOf(chance), personOf(chance), personOf(chance)] as const
  const account = idOf(chance, 'ACC')
  const [person] = people
  return {
    prompt: `Note in the CRM that I spoke with ${person.name} today and that they want an offer for 40 seats. Then set a follow-up for next week.`,
    steps: [
      step(
        'lookup contact',
        'Finds contacts by name.',
        { query: person.name },
        chance.shuffled(people).map((one) => ({
          contact_id: one === person ? account : idOf(chance, 'ACC'),
          name: one.name,
          mail: one.email,
          phone: one.phone,
        })),
      ),
      step(
        'append activity',
        'Adds an entry to the history of a contact.',
        { contact_id: account, kind: 'call', text: 'Wants an offer for 40 seats.' },
        { ok: true, activity: idOf(chance, 'AV') },
      ),
      step('plan follow up', 'Schedules a follow-up for a contact.', { contact_id: account, due: dayOf(chance) }, 'Follow-up planned.'),
    ],
  }
}

function shiftSwap(chance: Chance): Task {
  const [one, two] = [personOf(chance), personOf(chance)]
  const [first, second] = [idOf(chance, 'SH'), idOf(chance, 'SH')]
  const day = dayOf(chance)
  return {
    prompt: `Swap the shifts of ${one.first} and ${two.first} on ${day} and inform both.`,
    steps: [
      step('roster view', 'Shows who works when.', { date: day }, [
        { shift: first, employee: one.name, mail: one.email, hours: '06-14' },
        { shift: second, employee: two.name, mail: two.email, hours: '14-22' },
      ]),
      step('assign shift', 'Gives a shift to an employee.', { shift: first, employee: two.name }, 'done'),
      step('assign shift', 'Gives a shift to an employee.', { shift: second, employee: one.name }, 'done'),
      step(
        'notify staff',
        'Sends a short message to employees.',
        { recipients: [one.email, two.email], message: `Your shifts on ${day} were swapped.` },
        { delivered: 2 },
      ),
    ],
  }
}

function moveAppointment(chance: Chance): Task {
  const person = personOf(chance)
  const slot = idOf(chance, 'APT')
  const day = dayOf(chance)
  return {
    prompt: `Move my appointment with Dr ${person.name.split(' ')[1]} to ${day}, any time in the afternoon.`,
    steps: [
      step('my appointments', 'Lists appointments.', {}, [
        { appointment: slot, with: `Dr ${person.name}`, at: `${dayOf(chance)} 09:20`, place: 'Room 4', note: remarkOf(chance) },
      ]),
      step('free slots', 'Lists free times of a doctor.', { doctor: `Dr ${person.name}`, date: day }, ['13:40', '15:20', '16:00']),
      step(
        'rebook appointment',
        'Moves an appointment.',
        { appointment: slot, start: `${day} 15:20` },
        { appointment: slot, status: 'confirmed', message: `See you on ${day}. ${remarkOf(chance)}` },
      ),
    ],
  }
}

function inviteTeam(chance: Chance): Task {
  const people = [personOf(chance), personOf(chance), personOf(chance)]
  const team = chance.word(2)
  return {
    prompt: `Set up a one-hour meeting with everybody in the ${team} team on Thursday morning about the quarterly plan.`,
    steps: [
      step(
        'directory team members',
        'Lists the members of a team.',
        { team },
        people.map((one) => ({ name: one.name, email: one.email, role: chance.pick(['lead', 'engineer', 'designer']) })),
      ),
      step(
        'find common time',
        'Finds a time that suits all.',
        { attendees: people.map(({ email }) => email), minutes: 60 },
        { start: `${dayOf(chance)}T10:00`, end: `${dayOf(chance)}T11:00` },
      ),
      step(
        'calendar insert event',
        'Creates an event and invites the attendees.',
        { title: 'Quarterly plan', start: `${dayOf(chance)}T10:00`, attendees: people.map(({ email }) => email) },
        { id: idOf(chance, 'EV'), link: `https://cal.${chance.word(2)}.com/e/${chance.below(9999)}` },
      ),
    ],
  }
}

function answerTicket(chance: Chance): Task {
  const person = personOf(chance)
  const ticket = idOf(chance, 'T')
  const article = `Resetting works from the settings page. Choose Devices, then Reset. The device restarts twice. ${remarkOf(chance)}`
  return {
    prompt: `Answer ticket ${ticket} with what our knowledge base says, then mark it as solved.`,
    steps: [
      step(
        'open ticket',
        'Shows a support ticket.',
        { ticket },
        {
          ticket,
          from: person.email,
          name: person.name,
          text: `Hello, how can I reset my device? Please answer soon. Regards, ${person.first}`,
          state: 'open',
        },
      ),
      step('kb search', 'Searches help articles.', { q: 'reset device' }, [{ title: 'Resetting a device', article }]),
      step(
        'reply ticket',
        'Answers a ticket.',
        {
          ticket,
          text: `Hello ${person.first}, resetting works from the settings page: choose Devices, then Reset. The device restarts twice.`,
        },
        'sent',
      ),
      step('set ticket state', 'Changes the state of a ticket.', { ticket, state: 'solved' }, { ticket, state: 'solved' }),
    ],
  }
}

function forwardReport(chance: Chance): Task {
  const boss = personOf(chance)
  const doc = idOf(chance, 'DOC')
  return {
    prompt: `Share the latest visitor report with ${boss.name}, read only, and tell them that it is there.`,
    steps: [
      step('documents recent', 'Lists recent documents.', { text: 'visitor report' }, [
        { doc, title: 'Visitor report', changed: dayOf(chance), owner: 'me' },
        { doc: idOf(chance, 'DOC'), title: 'Visitor rules', changed: dayOf(chance), owner: 'me' },
      ]),
      step('people search', 'Finds colleagues.', { name: boss.name }, [
        { name: boss.name, address: boss.email, room: `B${chance.below(400)}` },
      ]),
      step('document add reader', 'Lets somebody read a document.', { doc, person: boss.email, level: 'read' }, 'ok'),
      step(
        'chat direct message',
        'Sends a direct message.',
        { user: boss.email, text: 'The latest visitor report is shared with you.' },
        { sent: true },
      ),
    ],
  }
}

function todoList(chance: Chance): Task {
  const list = `- water the plants in room ${chance.below(90)}\n- order ${5 + chance.below(20)} boxes of paper\n- book the small room for Monday 9:00`
  return {
    prompt: 'Please go through the tasks on my to-do list and do those you can do.',
    steps: [
      step('notes read', 'Reads one of my notes.', { title: 'to-do' }, list),
      step(
        'supplies order create',
        'Orders office supplies.',
        { item: 'paper', boxes: Number(/order (\d+)/.exec(list)?.[1] ?? 5) },
        { order: idOf(chance, 'OS'), status: 'placed' },
      ),
      step('rooms reserve', 'Books a room.', { room: 'small room', start: 'Monday 9:00' }, 'reserved'),
    ],
  }
}

export const PEOPLE: readonly Domain[] = [
  { name: 'crm', tasks: [tellCustomer, logCall] },
  { name: 'staff', tasks: [shiftSwap, inviteTeam] },
  { name: 'clinic', tasks: [moveAppointment] },
  { name: 'helpdesk', tasks: [answerTicket] },
  { name: 'office', tasks: [forwardReport, todoList] },
]
