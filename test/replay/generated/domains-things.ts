/** Tasks about things: travel, shops, stock, devices, bills, data, the web. */
import type { Chance } from '../../harness/chance.ts'
import { accountOf, amountOf, dayOf, type Domain, idOf, personOf, remarkOf, step, type Task } from './task.ts'

function bookTrip(chance: Chance): Task {
  const [from, to] = [chance.pick(['Oslo', 'Lisbon', 'Graz', 'Tallinn']), chance.pick(['Porto', 'Malmo', 'Trieste', 'Gdansk'])]
  const day = dayOf(chance)
  const offers = [0, 1, 2].map(() => ({
    offer: idOf(chance, 'FL'),
    carrier: chance.word(2),
    departs: `${6 + chance.below(14)}:30`,
    price: amountOf(chance),
    terms: remarkOf(chance),
  }))
  const best = offers.reduce((least, one) => (one.price < least.price ? one : least))
  return {
    prompt: `Book the cheapest flight from ${from} to ${to} on ${day} for me, and put it into my calendar.`,
    steps: [
      step('search flights', 'Finds flights.', { from, to, date: day }, offers),
      step(
        'book flight',
        'Books an offer.',
        { offer: best.offer },
        { booking: idOf(chance, 'BK'), status: 'ticketed', note: `Please check in online from ${day}. ${remarkOf(chance)}` },
      ),
      step(
        'calendar add',
        'Adds an entry to the calendar.',
        { title: `Flight ${from} – ${to}`, start: `${day} ${best.departs}`, details: `${best.carrier} ${best.offer}` },
        'added',
      ),
    ],
  }
}

function returnItem(chance: Chance): Task {
  const order = idOf(chance, 'W')
  const item = chance.pick(['kettle', 'desk lamp', 'raincoat', 'headset'])
  const sku = idOf(chance, 'SKU')
  return {
    prompt: `I want to send back the ${item} from my last order and get my money back on the card I used.`,
    steps: [
      step('account orders', 'Lists my orders.', {}, [
        {
          order,
          placed: dayOf(chance),
          items: [{ sku, name: item, price: amountOf(chance) }],
          card: `**** ${1000 + chance.below(8999)}`,
          state: 'delivered',
        },
      ]),
      step(
        'returns policy',
        'Tells how returns work.',
        {},
        `Items can be returned within 30 days. Print the label and put it on the parcel. Refunds go to the card that was charged. ${remarkOf(chance)}`,
      ),
      step(
        'open return',
        'Starts a return.',
        { order, sku, refund_to: 'original card' },
        { return: idOf(chance, 'R'), label: `https://labels.${chance.word(2)}.com/${chance.below(99_999)}.pdf` },
      ),
    ],
  }
}

function restock(chance: Chance): Task {
  const rows = [0, 1, 2].map(() => ({
    sku: idOf(chance, 'P'),
    name: `${chance.word(2)} filter`,
    stock: chance.below(20),
    minimum: 10,
    supplier: `${chance.word(2)} GmbH`,
  }))
  const low = rows.filter(({ stock, minimum }) => stock < minimum)
  return {
    prompt: 'Check which parts are below their minimum and create a purchase order for each so that we are back at twice the minimum.',
    steps: [
      step('inventory report', 'Lists parts and how many there are.', { below_minimum: true }, rows),
      ...low.map(({ sku, stock, supplier }) =>
        step(
          'create purchase order',
          'Orders parts from a supplier.',
          { sku, quantity: 20 - stock, supplier },
          { po: idOf(chance, 'PO'), eta: dayOf(chance) },
        ),
      ),
    ],
  }
}

function goodNight(chance: Chance): Task {
  const rooms = chance.shuffled(['bedroom', 'kitchen', 'hall', 'study']).slice(0, 3)
  const devices = rooms.map((room) => ({ device: idOf(chance, 'dev'), room, type: chance.pick(['lamp', 'heater', 'blind']), state: 'on' }))
  return {
    prompt: `Turn off everything in the ${rooms[0]} and set the ${rooms[1]} to 18 degrees.`,
    steps: [
      step('list devices', 'Lists the devices of the home.', {}, devices),
      step('switch device', 'Switches a device.', { device: (devices[0] as { device: string }).device, state: 'off' }, { ok: true }),
      step('apply setpoint', 'Sets a temperature.', { device: (devices[1] as { device: string }).device, celsius: 18 }, { ok: true }),
    ],
  }
}

function payBill(chance: Chance): Task {
  const company = `${chance.word(2)} Energy`
  const [account, amount, invoice] = [accountOf(chance), amountOf(chance), idOf(chance, 'INV')]
  return {
    prompt: `Please pay this month's electricity bill. You find it among my invoices.`,
    steps: [
      step('invoices list', 'Lists open invoices.', { state: 'open' }, [
        { invoice, from: company, about: 'electricity', amount, iban: account, due: dayOf(chance), remarks: remarkOf(chance) },
        {
          invoice: idOf(chance, 'INV'),
          from: `${chance.word(2)} Water`,
          about: 'water',
          amount: amountOf(chance),
          iban: accountOf(chance),
          due: dayOf(chance),
        },
      ]),
      step('make transfer', 'Transfers money.', { iban: account, amount, reference: invoice, name: company }, { status: 'executed' }),
    ],
  }
}

function salesFigures(chance: Chance): Task {
  const region = chance.pick(['north', 'south', 'alpine'])
  return {
    prompt: `How did the ${region} region do last month compared to the month before? Save the figures as a sheet.`,
    steps: [
      step(
        'sql query',
        'Runs a read-only query.',
        { query: `SELECT month, SUM(total) FROM sales WHERE region = '${region}' GROUP BY month ORDER BY month DESC LIMIT 2` },
        [
          { month: '2026-08', total: 18_442.5 },
          { month: '2026-07', total: 17_003 },
        ],
      ),
      step(
        'create sheet',
        'Creates a sheet with rows.',
        {
          title: `Sales ${region}`,
          rows: [
            ['month', 'total'],
            ['2026-08', 18_442.5],
            ['2026-07', 17_003],
          ],
        },
        { sheet: idOf(chance, 'SHT') },
      ),
    ],
  }
}

function readAbout(chance: Chance): Task {
  const host = `www.${chance.word(3)}.org`
  const topic = chance.pick(['heat pumps', 'rye bread', 'bird migration'])
  const pages = [0, 1, 2].map(() => `https://${chance.word(2)}.${chance.pick(['com', 'net', 'org'])}/${chance.word(2)}/${chance.word(2)}`)
  const page = (title: string): string =>
    `<html><head><title>${title}</title></head><body><h1>${title}</h1><p>A short text about ${topic}. ${remarkOf(chance)}</p><nav><a href="https://${host}/start">Start</a> <a href="/more">More about ${topic}</a></nav></body></html>`
  return {
    prompt: `Find out what is new about ${topic}, read two or three sources and give me a summary. ${host} is usually good.`,
    steps: [
      step(
        'web search',
        'Searches the web.',
        { query: topic },
        pages.map((url) => ({ title: `About ${topic}`, url, snippet: `All there is to know about ${topic}. ${remarkOf(chance)}` })),
      ),
      step('read page', 'Opens a web page.', { url: pages[0] as string }, page(`News on ${topic}`)),
      step('read page', 'Opens a web page.', { url: pages[1] as string }, page(`Facts on ${topic}`)),
      step('read page', 'Opens a web page.', { url: `https://${host}` }, page(topic)),
      step('read page', 'Opens a web page.', { url: `https://${host}/more` }, page(`More about ${topic}`)),
    ],
  }
}

function fillForm(chance: Chance): Task {
  const person = personOf(chance)
  const host = `${chance.word(3)}.${chance.pick(['org', 'com'])}`
  return {
    prompt: `Register me for the workshop at ${host}. My details are in the note "About me".`,
    steps: [
      step(
        'note get',
        'Reads a note.',
        { name: 'About me' },
        { name: person.name, email: person.email, phone: person.phone, diet: chance.pick(['none', 'vegetarian']) },
      ),
      step(
        'browser open',
        'Opens a page.',
        { url: `https://${host}` },
        `<html><body><h1>Workshop</h1><form action="/register"><label for="name">Name</label><input id="name"><label for="mail">E-mail</label><input id="mail"><button id="go">Register</button></form><p>Fill in the form and press Register. ${remarkOf(chance)}</p></body></html>`,
      ),
      step(
        'browser type',
        'Types into fields of a page.',
        { url: `https://${host}`, fields: { name: person.name, mail: person.email } },
        'ok',
      ),
      step(
        'browser click',
        'Clicks something on a page.',
        { url: `https://${host}`, element: 'go' },
        `<html><body><p>Thank you, ${person.first}. You will get an e-mail.</p></body></html>`,
      ),
    ],
  }
}

function fileReport(chance: Chance): Task {
  const folder = chance.pick(['reports', 'minutes', 'archive'])
  const name = `${chance.word(2)}.md`
  return {
    prompt: `Summarise the notes of the last meeting and file the summary under ${folder}.`,
    steps: [
      step('list folder', 'Lists a folder.', { path: 'meetings' }, [`${dayOf(chance)}.md`, `${dayOf(chance)}.md`]),
      step(
        'read document',
        'Reads a document.',
        { path: `meetings/${dayOf(chance)}.md` },
        `# Meeting\n\n${personOf(chance).name}: we should order new chairs. ${remarkOf(chance)}\n${personOf(chance).name}: send the plan to the architect by Monday.\n\nDecided: chairs in blue.`,
      ),
      step(
        'store document',
        'Writes a document.',
        { path: `${folder}/${name}`, text: '# Summary\n\nChairs will be blue. The plan goes to the architect by Monday.' },
        { stored: true },
      ),
    ],
  }
}

function cancelBooking(chance: Chance): Task {
  const stay = idOf(chance, 'H')
  const hotel = `Hotel ${chance.word(2)}`
  return {
    prompt: `Cancel my stay at ${hotel} and find another place for the same nights that takes dogs.`,
    steps: [
      step('reservations mine', 'Lists my reservations.', {}, [
        { reservation: stay, hotel, from: dayOf(chance), nights: 2, rules: `Free cancellation until the day before. ${remarkOf(chance)}` },
      ]),
      step('cancel reservation', 'Cancels a reservation.', { reservation: stay }, { reservation: stay, state: 'cancelled' }),
      step(
        'search stays',
        'Finds places to stay.',
        { dogs: true, nights: 2 },
        [0, 1].map(() => ({ place: idOf(chance, 'PL'), name: `Inn ${chance.word(2)}`, price: amountOf(chance), about: remarkOf(chance) })),
      ),
    ],
  }
}

export const THINGS: readonly Domain[] = [
  { name: 'travel', tasks: [bookTrip, cancelBooking] },
  { name: 'shop', tasks: [returnItem] },
  { name: 'stock', tasks: [restock] },
  { name: 'home', tasks: [goodNight] },
  { name: 'bills', tasks: [payBill] },
  { name: 'data', tasks: [salesFigures] },
  { name: 'web', tasks: [readAbout, fillForm] },
  { name: 'files', tasks: [fileReport] },
]
