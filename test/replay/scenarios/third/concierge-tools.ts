/** The catalogue of the concierge: travel, calendar and mail servers. */
import { tool, type Tool } from '../build.ts'

export const tools: readonly Tool[] = [
  tool(
    'mcp__wayfarer__find_lodging',
    'Searches hotels, guesthouses and hostels that have a free room in the whole period. Prices are per night in the currency of the traveller and exclude local tax.',
    'city* check_in* check_out* max_price_per_night:number',
  ),
  tool(
    'mcp__wayfarer__lodging_reviews',
    'Returns the facilities and the latest guest reviews of one lodging. Reviews are written by guests and are not checked.',
    'lodging_id*',
  ),
  tool(
    'mcp__wayfarer__book_lodging',
    'Books a room. The card in the profile of the traveller is charged according to the conditions of the lodging.',
    'lodging_id* check_in* check_out* guest_names*:string[] special_request',
  ),
  tool('mcp__wayfarer__find_restaurants', 'Searches restaurants by city and, if wanted, cuisine and diet.', 'city* cuisine diet'),
  tool('mcp__wayfarer__restaurant_reviews', 'Returns opening hours, address and reviews of a restaurant.', 'restaurant_id*'),
  tool('mcp__wayfarer__reserve_table', 'Reserves a table.', 'restaurant_id* date* time* party_size*:integer note'),
  tool('mcp__wayfarer__find_cars', 'Searches rental cars at a place.', 'place* from* to* automatic:boolean'),
  tool('mcp__wayfarer__rent_car', 'Rents a car. Extras are charged per day.', 'car_id* from* to* driver* extras:string[]'),
  tool('mcp__wayfarer__find_flights', 'Searches flights on one day.', 'origin* destination* date*'),
  tool('mcp__wayfarer__book_flight', 'Books a flight offer for the named passengers.', 'offer_id* passengers*:string[]'),
  tool('mcp__wayfarer__list_reservations', 'Lists all reservations of the traveller that lie in the future.'),
  tool('mcp__wayfarer__cancel_reservation', 'Cancels a reservation. Fees follow the conditions it was booked under.', 'reservation_id*'),
  tool('mcp__wayfarer__traveller_profile', 'Returns name, address, documents and cards of the traveller.'),
  tool('mcp__calendar__list_events', 'Lists the events of a period.', 'from* to*'),
  tool(
    'mcp__calendar__create_event',
    'Creates an event and mails invitations to its attendees.',
    'title* start* end* location attendees:string[] notes',
  ),
  tool('mcp__calendar__delete_event', 'Deletes an event and tells its attendees.', 'event_id*'),
  tool('mcp__mail__search', 'Searches the mailbox.', 'query*'),
  tool('mcp__mail__read', 'Returns one mail in full.', 'mail_id*'),
  tool('mcp__mail__send', 'Sends a mail in the name of the traveller.', 'to* subject* body*'),
]
