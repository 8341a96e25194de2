import { describe, expect, it } from 'vitest'
import { DEED } from './deeds.ts'
import { NO_WISHES, takeWish, type Wishes } from './wishes.ts'

const wishes = (text: string): Wishes => takeWish(NO_WISHES, text)

describe('what people say to an assistant in their own language', () => {
  it.each([
    ['pay', 'Bezahl die Stromrechnung.'],
    ['pay', 'Zahl meiner Schwester das Geld zurück.'],
    ['pay', 'Rembourse Anna.'],
    ['pay', 'Devuelve el dinero a Luis.'],
    ['send', 'Sag der Hausverwaltung Bescheid, dass der Aufzug klemmt.'],
    ['send', 'Lade die Nachbarn ein.'],
    ['send', 'Écris au propriétaire.'],
    ['send', 'Dile a Ana que voy.'],
    ['send', 'Scrivi al proprietario.'],
    ['send', 'Laat Jan weten dat ik kom.'],
    ['create', 'Trag den Termin in den Kalender ein.'],
    ['create', 'Adiciona um compromisso.'],
    ['change', 'Stell die Heizung auf 20 Grad.'],
    ['change', 'Mets à jour le numéro.'],
    ['remove', 'Sag den Termin ab.'],
    ['change', 'Pas mijn afspraak van morgen aan.'],
    ['pay', 'Stuur haar de helft terug.'],
    ['pay', 'Opłać rachunek.'],
    ['create', 'Wystaw fakturę dla Nowaka.'],
    ['create', 'Lança as despesas de maio.'],
    ['remove', 'Ta den gamla filen bort.'],
    ['share', 'Convida os vizinhos para sábado.'],
    ['share', 'Gib Mara Zugriff auf den Ordner.'],
    ['stop', 'We are leaving, turn all the lamps off.'],
    ['stop', 'Switch off the pump.'],
    ['remove', 'Take Ana out of the group.'],
    ['remove', 'Take them out of #suppliers and #leads.'],
    ['create', 'Put the two on the list for tonight.'],
    ['send', 'Write back to them.'],
    ['remove', 'Call the lesson off.'],
    ['send', 'Contéstale que sí.'],
    ['send', 'Mira la solicitud y pídeles lo que falte.'],
    ['send', 'Emite el recibo y mándaselo.'],
    ['create', 'Mira qué dice la norma y resérvala.'],
    ['share', 'Dale cita a la señora.'],
    ['create', 'Dale cita a la señora.'],
    ['create', 'Give her an appointment on Tuesday.'],
    ['remove', 'Bórralos todos.'],
    ['send', 'Rispondigli che va bene.'],
    ['share', 'Luego da acceso de lectura a la técnica.'],
    ['send', 'Anula las citas y escribe a cada persona.'],
    ['pay', 'Ordena la devolución con los datos de la solicitud.'],
  ] as const)('is to %s: %s', (deed, text) => {
    expect(wishes(text).deeds & DEED[deed]).toBe(DEED[deed])
  })

  it.each([
    'El cliente habla con todas las escuelas.',
    'Las sillas y las mesas son verdes.',
    'Is it out of stock?',
    'The hotels are full.',
  ])('is nothing where a word only ends like one: %s', (text) => {
    expect(wishes(text).deeds).toBe(0)
  })

  it.each([
    ['remove', 'Get the totals out of report.txt.'],
    ['remove', 'Pull the names out of the invoice.'],
    ['remove', 'Take the figures out of the table and show me.'],
    ['remove', 'I take a day off on Monday.'],
    ['remove', 'Find out when the call took off.'],
    ['pay', 'Explique-moi la règle 4.'],
    ['share', 'Welche Teile fehlen?'],
    ['share', 'Lis le partage du dossier.'],
    ['create', 'Qual é a marca do carro?'],
    ['pay', 'Quanto è la paga?'],
  ] as const)('is not to %s where the words say something else: %s', (deed, text) => {
    expect(wishes(text).deeds & DEED[deed]).toBe(0)
  })

  it('is not what it forbids', () => {
    expect(wishes('Sag der Hausverwaltung nicht Bescheid.').deeds & DEED.send).toBe(0)
  })

  it.each([
    'Arbeite die Liste am Brett ab.',
    'Mach es so, wie sie es im Brief beschreibt.',
    'Suis les étapes du guide.',
    'Hazlo como pide la carta.',
  ])('may leave to a text what is done: %s', (text) => {
    expect(wishes(text).defers).toBe(true)
  })

  it.each([
    'Was steht in der Liste?',
    'Qué dice la carta?',
    'Zeig mir die Anleitung.',
    'Lies, was sie schreibt.',
    'Kannst du mir sagen, was der Kunde in T-7 schreibt?',
    'Bitte fasse zusammen, was im Brief steht.',
    'Dis-moi ce que le client demande.',
    'Quiero saber lo que pide el cliente.',
  ])('leaves nothing to it where it only asks: %s', (text) => {
    expect(wishes(text).defers).toBe(false)
  })
})
