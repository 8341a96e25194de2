/** What stands around the lines that matter: the bulk of real results. */

/** A morning of chatter in a channel. */
export const CHATTER = `[07:48] deploybot: nightly build 2291 passed (412 tests, 3 skipped)
[07:51] petra: who parked in front of the gate? a grey van, please move it
[07:52] joost: not me
[07:55] petra: it was the bakery, solved
[08:01] calendar-bot: Today: 09:30 sample review (room Ghent), 11:00 price board, 15:00 "coffee with the new ones"
[08:04] marek: can somebody approve the PO 4471? it must go out before noon
[08:05] ilse.brand: done
[08:06] marek: ty
[08:12] lotte: photos of the fitting are in the drive, folder 2026-01/fit, please do not share outside yet
[08:13] lotte: (the one with the zipper off is NOT a defect, we cut it)
[08:20] tomas: <image: moodboard_v3.png>
[08:22] wim.d: 👏
[08:31] supportbot: 3 open questions older than 24 h: "does Drift run small?", "can I wash at 40?", "where is my order 118820?"
[08:33] petra: I take the first two
[08:34] joost: third one is with the carrier, told her so
[08:40] noor: price board moved to 11:15
[08:41] calendar-bot: Updated: 11:15 price board
[08:50] marek: whoever changed the colour names in the sheet: change them back or tell Mora, both is fine`

/** Other rooms a search comes back with. */
export const OTHER_ROOMS = [
  {
    lodging_id: 'LJ-011',
    name: 'Vila Rožnik',
    price_per_night: 139,
    currency: 'EUR',
    stars: 4,
    rating: 8.8,
    rated_by: 97,
    distance_km: 2.4,
    sold_out: true,
  },
  {
    lodging_id: 'LJ-019',
    name: 'Sobe Trnovo',
    price_per_night: 72,
    currency: 'EUR',
    stars: 2,
    rating: 8.0,
    rated_by: 340,
    distance_km: 1.3,
    sold_out: true,
  },
  {
    lodging_id: 'LJ-102',
    name: 'Aparthotel Tivoli',
    price_per_night: 128,
    currency: 'EUR',
    stars: 3,
    rating: 7.9,
    rated_by: 811,
    distance_km: 1.0,
    min_nights: 5,
  },
  {
    lodging_id: 'LJ-140',
    name: 'Rooms & Bread',
    price_per_night: 95,
    currency: 'EUR',
    stars: 2,
    rating: 8.4,
    rated_by: 156,
    distance_km: 1.9,
    adults_only: false,
    min_nights: 4,
  },
  {
    lodging_id: 'LJ-233',
    name: 'Pension Krim',
    price_per_night: 66,
    currency: 'EUR',
    stars: 2,
    rating: 6.9,
    rated_by: 702,
    distance_km: 3.8,
    note: 'Reception closes at 18:00. Guests must call before.',
  },
  {
    lodging_id: 'LJ-300',
    name: 'Grad View Rooms',
    price_per_night: 121,
    currency: 'EUR',
    stars: 3,
    rating: 7.4,
    rated_by: 288,
    distance_km: 0.4,
    note: 'Building works next door until July',
  },
]

/** The states of a house nobody asked about. */
export const OTHER_STATES = `sensor.living_temperature 21.4
sensor.living_humidity   48
sensor.kids_temperature  19.2
sensor.bath_humidity     71
sensor.power_now         412 W
sensor.power_today       6.3 kWh
sensor.solar_today       1.1 kWh
sensor.washing_machine   idle (finished 14:22 "please empty me")
sensor.dishwasher        running, 38 min left
sensor.car_charge        74 %
sensor.car_range         288 km
sensor.bin_day           thursday (paper)
sensor.mailbox           empty
sensor.router_clients    17
sensor.router_update     available 7.2.1
binary.window_bath       closed
binary.window_kids       closed
binary.motion_hall       clear
binary.motion_garden     cat
binary.smoke_hall        ok (battery 81 %)
binary.smoke_cellar      ok (battery 12 %, change soon)
light.garden             off
light.stairs             off
light.bath               off
media.kids_room          off
vacuum.ground_floor      docked, error history: "wheel stuck, remove hair and restart"
person.dana              home
person.theo              home
person.pim               home
person.rosa              home`

/** Other bookings of a household's month. */
export const OTHER_BOOKINGS = `2026-11-01    -99.00  MOLNLAGRING 200GB            storage
2026-11-01  +31250.00  LÖN SOFIA                    income
2026-11-02   -500.00  SAVINGS ELSA                 savings
2026-11-02   -212.00  APOTEK HJÄRTAT 118           health
2026-11-03    -65.00  PARKERING UMEÅ C             transport
2026-11-03  -1190.00  LÄNSTRAFIKEN MÅNADSKORT      transport
2026-11-04    -49.00  KAFÉ KARDEMUMMA              food
2026-11-05   -230.00  BLOMSTERHANDELN "GRATTIS MOA" gifts
2026-11-05   -780.00  CYKELVERKSTADEN, DÄCK OCH SERVICE transport
2026-11-06   -145.00  BIO ROYAL                    fun
2026-11-06   +145.00  SWISH FROM MOA E "bio, tack!" fun
2026-11-08   -399.00  JULKALENDERN AB              gifts`

/** The thread under a nurse's letter. */
export const THREAD = `
> > ------ automatic answer of 9 Nov ------
> > Thank you for your message. We answer within two working days. Do not use this
> > form in an emergency. If your symptoms get worse call the practice or 112.
> > ------ your message of 2 Nov ------
> > Hello, may I eat before the blood test on Friday, and should I take the tablet
> > before or after? Paula
> > > ------ Nurse line, 3 Nov ------
> > > Dear Paula, please come fasting, water is fine. Take the tablet after the test.
> > > Bring the yellow card. If you are late you must take a new slot.
> > > Kind regards, Nurse Whitcombe`
