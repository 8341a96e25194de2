import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../event/json.ts'
import { effectsOf } from '../effects-of.ts'

const effects = (tool: string, args: JsonObject): readonly string[] =>
  effectsOf({ type: 'tool.call', callId: 'c', tool, args, cwd: '/w', home: '/home/u' }).effects.map(({ effect }) => effect.class)

/** Class, and calls of tools that nobody listed: their names, and where the name alone does not tell their arguments. */
const ROWS: readonly (readonly [string, readonly (readonly [string, JsonObject])[]])[] = [
  [
    'device.actuate',
    [
      ['oven/set', { chamber: '2', temperature: 220 }],
      ['pump.set_rate', { pump: 'p1', rate: 5 }],
      ['irrigation/start', { zone: 'n', minutes: 20 }],
      ['conveyor.speed', { line: '3', speed: 2.5 }],
      ['setThermostat', { room: 'bath', temperature: 24 }],
      ['gate.open', { gate: 'north' }],
      ['rover_goto', { robot: 'r1', place: 'dock' }],
      ['drone/waypoint', { drone: 'd1', lat: 1, lon: 2, altitude: 30 }],
      ['agv.limits', { robot: 'a', max_speed: 2, stop_distance: 0 }],
      ['laser.fire', { power: 20, duration: 3 }],
      ['kettle_boil', { device: 'k', temperature: 90 }],
      ['PLCWrite', { register: 40_001, value: 3 }],
      ['infusion_rate', { pump: '2', ml_per_hour: 40 }],
      ['heizung_einstellen', { raum: 'bad', temperatur: 24 }],
      ['allumer_chauffage', { piece: 'salon', temperature: 22 }],
    ],
  ],
  [
    'data.query',
    [
      ['sensor/read', { zone: 'n' }],
      ['pump.status', { pump: 'p1' }],
      ['camera.look', { camera: 'yard' }],
      ['get_temperature', { room: 'x' }],
      ['forecast', { city: 'x' }],
      ['order_history', { n: 3 }],
      ['flight.avail', { from: 'KOI', to: 'ABZ' }],
      ['cabin/seatmap', { flight: 'RX301' }],
      ['exchange_rates', { from: 'a', to: 'b' }],
      ['lista_pedidos', { estado: 'abierto' }],
      ['umowa_czytaj', { numer: '3' }],
      ['ler_contrato', { nome: 'x' }],
      ['hae_tilaus', { id: '3' }],
      ['vis_ordre', { id: '3' }],
      ['activity.log', {}],
      ['vehicle.diagnostics', { vin: 'x' }],
      ['trova_cliente', { nome: 'x' }],
    ],
  ],
  [
    'money.move',
    [
      ['request_money', { from: 'Ole', amount: 15 }],
      ['collect_debt', { debtor: 'Ole', amount: 15 }],
      ['tip_driver', { amount: 3 }],
      ['invest', { fund: 'x', amount: 100 }],
      ['ueberweisung_anlegen', { iban: 'DE02120300000000202051', betrag: 3 }],
      ['virement_creer', { iban: 'FR7630006000011234567890189', montant: 3 }],
      ['betaling_uitvoeren', { rekening: 'NL91ABNA0417164300', bedrag: 30 }],
      ['payroll.run', { month: '2026-05' }],
      ['escrow_release', { id: '3', amount: 3 }],
      ['wallet_topup', { amount: 3 }],
      ['donation.make', { charity: 'x', amount: 3 }],
      ['crypto_send', { address: '0x12', amount: 3 }],
    ],
  ],
  [
    'identity.grant',
    [
      ['key/issue', { door: '8', to: 'x' }],
      ['whitelist_ip', { ip: '192.0.2.4' }],
      ['port.allow', { cidr: '192.0.2.0/24', port: 22 }],
      ['make_admin', { user: 'x' }],
      ['transfer_ownership', { repo: 'x', new_owner: 'y' }],
      ['unlock_account', { user: 'x' }],
      ['dodaj_uprawnienia', { uzytkownik: 'x', rola: 'admin' }],
    ],
  ],
  [
    'data.mutate',
    [
      ['BookVisit', { provider: 'x', slot: '07:40' }],
      ['players.ban', { user: 'x' }],
      ['user_kick', { user: 'x' }],
      ['chore_done', { text: 'x' }],
      ['RateEssay', { essay: 'x', rating: 5 }],
      ['parcels.ship', { id: 'x' }],
      ['sim_swap', { line: '1', iccid: '89' }],
      ['inventory.adjust', { sku: 'x', delta: -3 }],
      ['contract_sign', { id: '3' }],
      ['access_log', { entry: 'x' }],
      ['czynsz_zmien', { lokal: '6', kwota: 400 }],
      ['kayit_sil', { id: '3' }],
    ],
  ],
  [
    'code.publish',
    [
      ['register_model', { name: 'm', path: '/data/m.bin', stage: 'production' }],
      ['update_pipeline', { name: 'm', environment: 'prod' }],
      ['feature_rollout', { flag: 'x', percent: 100 }],
    ],
  ],
  [
    'data.drop',
    [
      ['factory_reset', { device: 'x' }],
      ['format_disk', { disk: 'x' }],
      ['dataset.wipe', { name: 'x' }],
    ],
  ],
  [
    'message.send',
    [
      ['page_oncall', { role: 'x', message: 'y' }],
      ['phone_call', { number: '+49 30 123456' }],
      ['alarm_push', { text: 'y' }],
      ['wyslij_wiadomosc', { do: 'x', tresc: 'y' }],
      ['mesaj_gonder', { alici: 'a@b.example', metin: 'y' }],
    ],
  ],
]

describe.each(ROWS)('%s', (effectClass, calls) => {
  it.each(calls)('%s %j', (tool, args) => expect(effects(tool, args)).toContain(effectClass))
})

describe('a tool that goes somewhere', () => {
  it('goes to whatever of its arguments is an address', () => {
    const of = (tool: string, args: JsonObject) =>
      effectsOf({ type: 'tool.call', callId: 'c', tool, args }).effects.map(({ effect, host }) => [effect.class, effect.target, host])
    expect(of('browser_goto', { address: 'https://shop.example/p/1' })).toEqual([
      ['net.egress', 'https://shop.example/p/1', 'shop.example'],
    ])
    expect(of('browser_goto', { address: 'www.shop.example' })).toEqual([['net.egress', 'https://www.shop.example/', 'www.shop.example']])
    expect(of('browser_goto', { address: '12 Quai du Lot' })).toEqual([['net.egress', 'browser_goto', undefined]])
  })
})

describe('what is planned from one time to another', () => {
  it('tells nobody of it', () => {
    const classes = effects('create_entry', { text: 'x', from: 'friday 17:00', to: 'sunday 18:00' })
    expect(classes).not.toContain('message.send')
    expect(effects('create_entry', { text: 'x', to: 'lea@corp.example' })).toContain('message.send')
  })
})

describe('a tool that says of itself that it tells something', () => {
  it('reads, and sends nothing to anybody', () => {
    const of = (description: string): readonly string[] => {
      const definition = { name: 'restaurant-diets', description }
      const call = { type: 'tool.call', callId: 'c', tool: definition.name, args: { names: ['a', 'b'] }, definition } as const
      return effectsOf(call).effects.map(({ effect }) => effect.class)
    }
    expect(of('Tells which diets are served.')).toEqual(['data.query'])
    expect(of('Tells the restaurant of a diet.')).toEqual(['message.send'])
  })
})

describe('a package that a tool installs', () => {
  it('comes by its name, from where the call says', () => {
    const of = (args: JsonObject): readonly string[] =>
      effectsOf({ type: 'tool.call', callId: 'c', tool: 'install_package', args }).effects.map(({ effect }) => effect.target)
    expect(of({ name: 'left-pad' })).toEqual(['left-pad'])
    expect(of({ name: 'left-pad', index_url: 'https://pypi.org/simple' })).toEqual(['left-pad'])
    expect(of({ name: 'left-pad', index_url: 'https://a.example/simple' })).toEqual(['https://a.example/simple', 'left-pad'])
    expect(of({ force: true })).toEqual(['install_package'])
  })
})

describe('a file that goes along', () => {
  it('is read, not written', () => {
    expect(effects('register_model', { name: 'm', path: '/data/m.bin', stage: 'test' })).toEqual(['fs.read'])
    expect(effects('import_contacts', { path: '/data/c.csv' })).toEqual(['fs.read'])
    expect(effects('export_contacts_file', { path: '/data/c.csv' })).not.toEqual(['fs.read'])
  })
})
