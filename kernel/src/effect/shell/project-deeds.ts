/** What tools of a project do besides running something here: giving a release to others, dropping a database. Data. */
import type { EffectClass } from '../effect.ts'
import { commandName, type Invocation } from './invocation.ts'
import { act, type Reading } from './reading.ts'

/** Command lines by the name of their program, an option or two in between. */
const PUBLISHES: readonly RegExp[] = [
  /^mvn[wd]?\b.*\s(?:deploy|release:perform|deploy:deploy\S*|nexus-staging:release)(?=\s|$)/,
  /^gradlew?\b.*[\s:](?:publish(?!\w*Local)\w*|uploadArchives|closeAndRelease\w*)(?=\s|$)/,
  /^sbt\b.*[\s"]\+?(?:publish|publishSigned|sonatype\w*Release)(?=[\s"]|$)/,
  /^pod (?:trunk|repo) push\b/,
  /^(?:flutter|dart) pub publish\b/,
  /^mix hex\.publish\b/,
  /^(?:goreleaser release|lerna publish|changeset publish|nx release publish|semantic-release|surge)\b/,
  /^yarn npm publish\b/,
  /^cargo release\b.*\s(?:-x|--execute)\b/,
  /^vercel\b.*\s--prod\b/,
  /^eas (?:submit|update)\b/,
  /^fastlane (?:deliver|pilot|supply)\b/,
]
const DROPS: readonly RegExp[] = [
  /^(?:rails|rake)\b.*\sdb:(?:drop|reset|purge|migrate:reset|truncate_all)\b/,
  /^php (?:\S*\/)?artisan (?:migrate:(?:fresh|reset|refresh)|db:wipe)\b/,
  /^php (?:\S*\/)?console doctrine:(?:database|schema):drop\b/,
  /^(?:python[\d.]*|manage\.py|django-admin)\b.*(?:manage\.py|django-admin) (?:flush|reset_db)\b/,
  /^prisma (?:migrate reset\b|db push\b.*--(?:force-reset|accept-data-loss)\b)/,
  /^mix ecto\.(?:drop|reset)\b/,
  /^diesel database (?:reset|drop)\b/,
  /^(?:sequelize(?:-cli)? db:drop|typeorm\S* schema:drop|hanami db (?:drop|reset)|wp db (?:drop|reset|clean)|drush sql[:-]drop)\b/,
  /^flyway\b.*\sclean\b/,
  /^liquibase\b.*\sdrop-?all\b/i,
  /^mysqladmin\b.*\sdrop\b/,
  /^supabase db reset\b.*--(?:linked|db-url)\b/,
  /^rabbitmqctl (?:delete_\w+|reset|force_reset|purge_queue)\b/,
  /^kafka-topics(?:\.sh)?\b.*\s--delete\b/,
  /^influx (?:bucket )?delete\b/,
  /^nats (?:stream|kv|consumer|object) (?:rm|del|delete|purge)\b/,
  /^(?:pscale|planetscale|neonctl|neon|turso)\b.*\s(?:delete|destroy)\b/,
  /^(?:helm|helm3) (?:uninstall|delete|del|un)\b/,
]
const NAMES =
  /^(?:mvn[wd]?|gradlew?|sbt|pod|flutter|dart|mix|goreleaser|lerna|changeset|nx|semantic-release|surge|yarn|cargo|vercel|eas|fastlane|rails|rake|php|python[\d.]*|manage\.py|django-admin|prisma|diesel|sequelize(?:-cli)?|typeorm\S*|hanami|wp|drush|flyway|liquibase|mysqladmin|supabase|rabbitmqctl|kafka-topics(?:\.sh)?|influx|nats|pscale|planetscale|neonctl|neon|turso|helm3?)$/
const REHEARSED = /\s--(?:dry-run|snapshot|help|skip-publish)\b|^rake\b.*\s-n\b/
/** A database that tests fill anew, as the command itself or a setting in front of one says. */
const FOR_TESTS = /\s(?:RAILS_ENV|RACK_ENV|NODE_ENV|APP_ENV|MIX_ENV|ENV)=["']?test|\s--env[= ]["']?test|\.env\.test\b/i
const SET_FOR_TESTS =
  /(?:^|[;&|(\n]\s{0,8}|\b(?:export|env|-e)\s{1,8})(?:\w{1,40}=\S{0,80}\s{1,8}){0,4}(?:RAILS_ENV|RACK_ENV|NODE_ENV|APP_ENV|MIX_ENV|ENV)=["']?test|\.env\.test\b/i

export function readProjectDeed(invocation: Invocation, reading: Reading): void {
  const name = commandName(invocation)
  if (!NAMES.test(name)) return
  const words = invocation.words.slice(1, 24)
  const line = [name, ...words.map(({ text }) => text)].join(' ').slice(0, 1000)
  if (REHEARSED.test(line)) return
  const does: EffectClass | undefined = PUBLISHES.some((pattern) => pattern.test(line))
    ? 'code.publish'
    : DROPS.some((pattern) => pattern.test(line)) &&
        !FOR_TESTS.test(line) &&
        !SET_FOR_TESTS.test(reading.payload[0]?.text.slice(0, 4096) ?? '')
      ? 'data.drop'
      : undefined
  if (does === undefined) return
  const named = words.filter(({ text }) => !text.startsWith('-')).slice(0, 3)
  act({ class: does, target: line.slice(0, 120), certainty: 'likely', kind: 'name', words: named, detail: line.slice(0, 120) }, reading)
}
