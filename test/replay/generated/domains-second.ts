/** A second batch, written after the first had been worked with, to see whether what was learnt there holds elsewhere. */
import type { Chance } from '../../harness/chance.ts'
import { accountOf, amountOf, dayOf, type Domain, idOf, personOf, remarkOf, step, type Task } from './task.ts'

function chatDigest(chance: Chance): Task {
  const [one, two, three] = [personOf(chance), personOf(chance), personOf(chance)]
  const channel = chance.word(2)
  const link = `https://${chance.word(2)}.${chance.pick(['com', 'io'])}/${chance.word(2)}`
  return {
    prompt: `Read what was posted in the ${channel} channel today, look at the article somebody linked there, and send ${one.first} a summary of it as a direct message.`,
    steps: [
      step('channel history', 'Shows the messages of a channel.', { channel }, [
        { author: two.first, text: `Good morning everybody. ${remarkOf(chance)}` },
        { author: three.first, text: `Have a look at this, it is worth the time: ${link}` },
      ]),
      step(
        'open link',
        'Opens a page and gives its text.',
        { url: link },
        `Five ways to store winter apples. Keep them cool. Turn them every week. ${remarkOf(chance)}`,
      ),
      step(
        'direct message',
        'Sends a direct message to a user.',
        { user: one.first, text: 'The article is about storing winter apples: keep them cool and turn them every week.' },
        'sent',
      ),
    ],
  }
}

function chatInvite(chance: Chance): Task {
  const person = personOf(chance)
  const channel = chance.word(2)
  return {
    prompt: `Add ${person.name} (${person.email}) to our chat and to the channel ${channel}, and welcome them there.`,
    steps: [
      step('channels all', 'Lists channels.', {}, [channel, 'general', 'random']),
      step(
        'invite user',
        'Invites somebody to the workspace.',
        { name: person.name, email: person.email },
        { user: person.first.toLowerCase() },
      ),
      step('channel add user', 'Adds a user to a channel.', { channel, user: person.first.toLowerCase() }, 'ok'),
      step('channel post', 'Posts to a channel.', { channel, text: `Welcome, ${person.first}!` }, { posted: true }),
    ],
  }
}

function planEvening(chance: Chance): Task {
  const names = [0, 1, 2].map(() => `${chance.pick(['Casa', 'Bistro', 'Zum'])} ${chance.word(2)}`)
  const day = dayOf(chance)
  return {
    prompt: `We are in town on ${day}. Find the best rated restaurant with vegetarian dishes, reserve a table for two at 19:30 and block the time in my calendar.`,
    steps: [
      step('restaurants list', 'Lists restaurants of a town.', { town: 'town centre' }, names),
      step(
        'restaurant reviews',
        'Gives ratings and reviews.',
        { names },
        names.map((name, index) => ({
          name,
          rating: 3.5 + index / 2,
          review: `Nice place, ask for the table by the window. ${remarkOf(chance)}`,
        })),
      ),
      step(
        'restaurant diets',
        'Tells which diets are served.',
        { names },
        names.map((name) => ({ name, diets: 'vegetarian, vegan' })),
      ),
      step(
        'table reserve',
        'Reserves a table.',
        { restaurant: names[2] as string, persons: 2, time: `${day} 19:30` },
        `Reserved at ${names[2]} for 2 persons.`,
      ),
      step(
        'calendar event new',
        'Makes a calendar event.',
        { title: `Dinner at ${names[2]}`, start: `${day} 19:30`, end: `${day} 21:30`, location: names[2] as string },
        { id: idOf(chance, 'E') },
      ),
    ],
  }
}

function mailHotel(chance: Chance): Task {
  const friend = personOf(chance)
  const hotel = `Hotel ${chance.word(2)}`
  return {
    prompt: `Which hotel is cheapest for two nights? Mail ${friend.first} its address and price, ${friend.email}.`,
    steps: [
      step('hotels search', 'Finds hotels.', { nights: 2 }, [
        { name: hotel, address: `${chance.word(2)} street ${chance.below(90)}`, price: 98, about: remarkOf(chance) },
        { name: `Hotel ${chance.word(2)}`, address: `Harbour ${chance.below(90)}`, price: 140, about: remarkOf(chance) },
      ]),
      step(
        'mail write',
        'Sends an e-mail.',
        { recipients: [friend.email], subject: hotel, body: `${hotel} is the cheapest, 98 for two nights.` },
        { id: idOf(chance, 'M') },
      ),
    ],
  }
}

function triage(chance: Chance): Task {
  const repository = `${chance.word(2)}/${chance.word(2)}`
  const number = 10 + chance.below(400)
  return {
    prompt: `Label the open bug reports in ${repository} that lack a label, and comment on those without steps to reproduce.`,
    steps: [
      step('issues list', 'Lists issues of a repository.', { repository, state: 'open' }, [
        { number, title: 'Crash on start', body: 'It crashes. Please fix this soon!', labels: [], author: chance.word(2) },
        {
          number: number + 1,
          title: 'Add dark mode',
          body: 'Would be nice. Thanks for considering.',
          labels: ['idea'],
          author: chance.word(2),
        },
      ]),
      step('issue add labels', 'Adds labels to an issue.', { repository, number, labels: ['bug'] }, 'ok'),
      step(
        'issue comment',
        'Comments on an issue.',
        { repository, number, body: 'Could you add the steps to reproduce the crash?' },
        { url: `https://git.example.org/${repository}/issues/${number}` },
      ),
    ],
  }
}

function mergeReady(chance: Chance): Task {
  const repository = `${chance.word(2)}/${chance.word(2)}`
  const number = 10 + chance.below(400)
  return {
    prompt: `Merge pull request ${number} of ${repository} if its checks have passed, and delete the branch.`,
    steps: [
      step(
        'pull request get',
        'Shows a pull request.',
        { repository, number },
        {
          number,
          title: 'Speed up parsing',
          branch: `fix/${chance.word(2)}`,
          checks: 'passed',
          description: 'Run the benchmark to see the difference. Review the cache first.',
        },
      ),
      step('pull request merge', 'Merges a pull request.', { repository, number, method: 'squash' }, { merged: true }),
      step('branch delete', 'Deletes a branch.', { repository, branch: `fix/${chance.word(2)}` }, 'deleted'),
    ],
  }
}

function buyOnline(chance: Chance): Task {
  const host = `www.${chance.word(3)}.com`
  const item = chance.pick(['garden hose', 'bread knife', 'bicycle bell'])
  const page = `https://${host}/p/${chance.word(2)}`
  return {
    prompt: `Go to ${host}, put the cheapest ${item} into the cart and check out with the saved address.`,
    steps: [
      step(
        'browser goto',
        'Opens an address in the browser.',
        { address: host },
        `<html><body><h1>Shop</h1><a href="${page}">${item} – 12.90</a> <a href="https://${host}/help">Help</a><p>Add two items to get free delivery. ${remarkOf(chance)}</p></body></html>`,
      ),
      step(
        'browser goto',
        'Opens an address in the browser.',
        { address: page },
        `<html><body><h2>${item}</h2><button id="add">Add to cart</button><p>Customers also bought gloves.</p></body></html>`,
      ),
      step(
        'browser press',
        'Presses a button on a page.',
        { address: page, id: 'add' },
        '<html><body>In your cart: 1. <a href="/checkout">Go to checkout</a></body></html>',
      ),
      step(
        'browser goto',
        'Opens an address in the browser.',
        { address: `https://${host}/checkout` },
        '<html><body><form><input id="address" value="saved"><button id="order">Order now</button></form></body></html>',
      ),
      step(
        'browser press',
        'Presses a button on a page.',
        { address: `https://${host}/checkout`, id: 'order' },
        `<html><body>Thank you. Your order is ${idOf(chance, 'W')}. Please keep this number.</body></html>`,
      ),
    ],
  }
}

function mailLink(chance: Chance): Task {
  const [friend, me] = [personOf(chance), personOf(chance)]
  const host = `${chance.word(2)}drive.com`
  const link = `https://${host}/s/${chance.word(3)}`
  return {
    prompt: `${friend.first} mailed me a link to the plan of the garden. Open it and save the plan to my documents.`,
    steps: [
      step('mailbox find', 'Searches my mail.', { from: friend.first }, [
        {
          id: chance.below(90),
          from: friend.email,
          to: me.email,
          subject: 'The garden',
          body: `Hi ${me.first}, you can see the plan of the garden here: ${link} Have a nice weekend, ${friend.first}`,
        },
      ]),
      step(
        'page get',
        'Fetches a page.',
        { url: link },
        `<html><body><h1>Plan of the garden</h1><p>Beds in the north, pond in the south.</p><a href="${link}/plan.pdf">Download</a></body></html>`,
      ),
      step(
        'download file',
        'Downloads a file to a folder.',
        { url: `${link}/plan.pdf`, folder: '/documents' },
        'saved /documents/plan.pdf',
      ),
    ],
  }
}

function signIn(chance: Chance): Task {
  const me = personOf(chance)
  const host = `portal.${chance.word(2)}.edu`
  const [user, word] = [me.first.toLowerCase(), chance.word(3)]
  const code = `${100_000 + chance.below(899_999)}`
  return {
    prompt: `Look up my grades on ${host}. My login is in the file /home/me/logins.txt.`,
    steps: [
      step(
        'file read',
        'Reads a file.',
        { path: '/home/me/logins.txt' },
        `Library card: ${chance.below(99_999)}\nUniversity user: ${user}\nUniversity password: ${word}\n`,
      ),
      step(
        'site visit',
        'Visits a site.',
        { url: `https://${host}` },
        '<form>Please sign in. <label for="u">User</label><input id="u"><label for="p">Password</label><input id="p"></form>',
      ),
      step(
        'site enter',
        'Enters values into a site.',
        { url: `https://${host}`, ids: ['u', 'p'], values: [user, word] },
        'A code was sent to you by e-mail. Enter the code to go on. <input id="code">',
      ),
      step('mailbox unread', 'Shows unread mail.', {}, [
        { from: `noreply@${host}`, subject: 'Your code', body: `Your code is ${code}. Do not share it with anybody.` },
      ]),
      step(
        'site enter',
        'Enters values into a site.',
        { url: `https://${host}`, ids: ['code'], values: [code] },
        '<table><tr><td>Statistics</td><td>1.7</td></tr></table>',
      ),
    ],
  }
}

function standingOrder(chance: Chance): Task {
  const account = accountOf(chance)
  const old = amountOf(chance)
  return {
    prompt: `My rent goes up by 50 from next month. Please change the standing order.`,
    steps: [
      step('standing orders', 'Lists standing orders.', {}, [
        { order: 3, payee: `${chance.word(2)} Homes`, iban: account, amount: old, purpose: 'rent', next: dayOf(chance) },
        { order: 4, payee: 'Choir', iban: accountOf(chance), amount: 15, purpose: 'fee', next: dayOf(chance) },
      ]),
      step('standing order change', 'Changes a standing order.', { order: 3, amount: old + 50 }, { order: 3, state: 'changed' }),
    ],
  }
}

function sharedBill(chance: Chance): Task {
  const [one, two] = [personOf(chance), personOf(chance)]
  return {
    prompt: `${one.first} paid for dinner yesterday. Send them my half.`,
    steps: [
      step('wallet activity', 'Shows recent payments among friends.', {}, [
        { who: one.name, account: accountOf(chance), note: 'dinner', total: 84, split_with: 'you', paid: dayOf(chance) },
        { who: two.name, account: accountOf(chance), note: 'taxi', total: 20, split_with: 'nobody', paid: dayOf(chance) },
      ]),
      step('wallet pay friend', 'Pays a friend.', { friend: one.name, amount: 42, note: 'dinner' }, 'paid'),
    ],
  }
}

function restartService(chance: Chance): Task {
  const service = `${chance.word(2)}-api`
  const node = idOf(chance, 'node')
  return {
    prompt: `${service} is slow. Look at the logs of its instances, restart the one that is out of memory, and write into the incident channel what you did.`,
    steps: [
      step('instances of', 'Lists the instances of a service.', { service }, [
        { instance: node, zone: 'a', memory: '99 %' },
        { instance: idOf(chance, 'node'), zone: 'b', memory: '41 %' },
      ]),
      step(
        'logs tail',
        'Shows the last lines of a log.',
        { instance: node, lines: 20 },
        `WARN heap at 99 %\nERROR OutOfMemory in worker 3\nhint: increase the limit or restart the process\nPlease see https://wiki.${chance.word(2)}.io/oom for details`,
      ),
      step('instance restart', 'Restarts an instance.', { instance: node }, { instance: node, state: 'starting' }),
      step(
        'channel write',
        'Writes to a chat channel.',
        { channel: 'incident', text: `Restarted ${node} of ${service}: it was out of memory.` },
        'ok',
      ),
    ],
  }
}

function parcel(chance: Chance): Task {
  const parcelId = idOf(chance, 'PC')
  const shop = `${chance.word(2)} Books`
  return {
    prompt: `Where is my parcel from ${shop}? If it is still on its way, have it left with the neighbours.`,
    steps: [
      step('parcels', 'Lists parcels on their way.', {}, [
        { parcel: parcelId, sender: shop, state: 'in transit', hint: 'Choose a safe place or change the day until 20:00.' },
      ]),
      step('parcel instruct', 'Tells the courier what to do.', { parcel: parcelId, instruction: 'leave with the neighbours' }, 'noted'),
    ],
  }
}

function newsletter(chance: Chance): Task {
  const list = idOf(chance, 'L')
  const gone = [personOf(chance), personOf(chance)]
  return {
    prompt: 'Remove everybody who bounced from the spring list and then send the draft called "April" to it.',
    steps: [
      step('lists', 'Shows mailing lists.', {}, [{ list, name: 'spring', size: 120 }]),
      step(
        'bounces',
        'Shows who could not be reached.',
        { list },
        gone.map(({ name, email }) => ({ name, email, reason: 'mailbox full' })),
      ),
      ...gone.map(({ email }) => step('list remove subscriber', 'Removes a subscriber.', { list, email }, 'removed')),
      step('drafts', 'Lists drafts.', {}, [
        { draft: idOf(chance, 'D'), title: 'April', text: `Visit our spring sale. Click the button to order. ${remarkOf(chance)}` },
      ]),
      step('campaign send', 'Sends a draft to a list.', { list, draft: 'April' }, { queued: 118 }),
    ],
  }
}

export const SECOND: readonly Domain[] = [
  { name: 'chat', tasks: [chatDigest, chatInvite] },
  { name: 'town', tasks: [planEvening, mailHotel] },
  { name: 'code', tasks: [triage, mergeReady] },
  { name: 'browser', tasks: [buyOnline, mailLink, signIn] },
  { name: 'bank', tasks: [standingOrder, sharedBill] },
  { name: 'servers', tasks: [restartService] },
  { name: 'post', tasks: [parcel, newsletter] },
]
