/** What the commands of everyday shells do with their operands and options. Data, read by `command-reader.ts`. */

import type { CommandRow } from './command-row.ts'
import { SYSTEM_ROWS } from './system-rows.ts'
import { TOOL_ROWS } from './tool-rows.ts'

export const COMMANDS: ReadonlyMap<string, CommandRow> = new Map(
  [...TOOL_ROWS, ...SYSTEM_ROWS].flatMap(([names, row]) => names.split(' ').map((name) => [name, row] as const)),
)

/** Commands that run the command that follows their own options. The value: options of theirs that take one. */
export const WRAPPERS: ReadonlyMap<string, { readonly valued: ReadonlySet<string>; readonly operands: number }> = new Map(
  (
    [
      ['sudo', '-u --user -g --group -C -D --chdir -h --host -p --prompt -r --role -t --type -T', 0],
      ['doas', '-u -C', 0],
      ['env', '-u --unset -C --chdir', 0],
      ['timeout', '-s --signal -k --kill-after', 1],
      ['nohup', '', 0],
      ['nice', '-n --adjustment', 0],
      ['tsocks', '', 0],
      ['ionice', '-c -n -p --class --classdata', 0],
      ['time', '-f -o --format --output', 0],
      ['command', '', 0],
      ['builtin', '', 0],
      ['exec', '-a', 0],
      ['stdbuf', '-i -o -e --input --output --error', 0],
      ['setsid', '', 0],
      ['chroot', '--userspec --groups', 1],
      ['unshare', '', 0],
      ['flock', '-w --timeout -E', 1],
      ['taskset', '-p', 1],
      ['caffeinate', '-t -w', 0],
      ['xvfb-run', '-n -s -e -f', 0],
      ['catchsegv', '', 0],
      ['busybox', '', 0],
      ['toybox', '', 0],
      ['proxychains', '-f', 0],
      ['proxychains4', '-f', 0],
      ['torsocks', '', 0],
      ['firejail', '', 0],
      ['bwrap', '--bind --ro-bind --dev-bind --symlink --chdir --setenv', 0],
      ['systemd-run', '-p --property --unit -u --slice', 0],
      ['dbus-run-session', '', 0],
      ['uv', '--with --python -p --directory --project', 1],
      ['poetry', '', 1],
      ['pipenv', '', 1],
      ['pdm', '', 1],
      ['rye', '', 1],
      ['bundle', '', 1],
      ['direnv', '', 2],
      ['mise', '-C --cd -E --env -j --jobs', 1],
      ['asdf', '', 1],
      ['rbenv', '', 1],
      ['pyenv', '', 1],
      ['hatch', '-e --env', 1],
      ['pixi', '-e --environment', 1],
      ['volta', '--node --npm --yarn', 1],
      ['conda', '-n --name -p --prefix --cwd', 1],
      ['mamba', '-n --name -p --prefix --cwd', 1],
      ['micromamba', '-n --name -p --prefix --cwd', 1],
      ['chrt', '-T -P -D', 1],
      ['strace', '-o -e -p -s -u -E -a -O -S -I -P -X', 0],
      ['ltrace', '-o -e -p -s -u -a -l -n -x -D', 0],
      ['valgrind', '', 0],
      ['unbuffer', '', 0],
      ['setarch', '', 1],
      ['linux64', '', 0],
      ['linux32', '', 0],
      ['fakeroot', '-l -s -i -b', 0],
      ['dumb-init', '-r', 0],
      ['tini', '-p', 0],
      ['rlwrap', '-f -H -s -a -b', 0],
      ['numactl', '-C -N -m -i -l -p', 0],
      ['prlimit', '-p', 0],
      ['chpst', '-u -U -b -e -n -l -L -m -d -o -p -f -c -r -t', 0],
      ['pkexec', '--user', 0],
      ['run0', '--user --unit', 0],
      ['nsenter', '-t -S -G', 0],
      ['runcon', '-t -u -r -l', 0],
      ['cgexec', '-g', 0],
      ['trickle', '-d -u', 0],
      ['aa-exec', '-p', 0],
      ['faketime', '-f', 1],
      ['entr', '', 0],
      ['ssh-agent', '-a -t', 0],
      ['screen', '-S -c -e -h -s -t -T -L', 0],
      ['gtimeout', '-s --signal -k --kill-after', 1],
      ['gnice', '-n --adjustment', 0],
      ['chronic', '', 0],
      ['coproc', '', 0],
      ['noglob', '', 0],
      ['nocorrect', '', 0],
    ] as const
  ).map(([name, valued, operands]) => [name, { valued: new Set(valued.split(' ')), operands }]),
)

/** Wrappers that only are one after this word; otherwise an ordinary program. */
export const WRAPPER_WORD: ReadonlyMap<string, string> = new Map([
  ['mise', 'exec'],
  ['asdf', 'exec'],
  ['rbenv', 'exec'],
  ['pyenv', 'exec'],
  ['hatch', 'run'],
  ['pixi', 'run'],
  ['volta', 'run'],
  ['conda', 'run'],
  ['mamba', 'run'],
  ['micromamba', 'run'],
  ['uv', 'run'],
  ['poetry', 'run'],
  ['pipenv', 'run'],
  ['pdm', 'run'],
  ['rye', 'run'],
  ['bundle', 'exec'],
  ['direnv', 'exec'],
])

export const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'zsh', 'dash', 'ash', 'ksh', 'mksh', 'fish', 'rbash'])

/** Interpreters of other languages: the options that take code, and those that take another value. */
export const INTERPRETERS: ReadonlyMap<string, { readonly code: ReadonlySet<string>; readonly valued: ReadonlySet<string> }> = new Map(
  (
    [
      ['python', '-c', '-W -X -m'],
      ['python2', '-c', '-W -X -m'],
      ['python3', '-c', '-W -X -m'],
      ['pypy', '-c', '-W -X -m'],
      ['pypy3', '-c', '-W -X -m'],
      ['node', '-e --eval -p --print', '-r --require --import --loader --test-name-pattern --test-reporter'],
      ['deno', 'eval', ''],
      ['bun', '-e --eval', ''],
      ['perl', '-e -E', '-I -M'],
      ['ruby', '-e', '-I -r'],
      ['php', '-r', '-d -c'],
      ['lua', '-e', '-l'],
      ['osascript', '-e', '-l'],
      ['pwsh', '-c -command -Command -EncodedCommand -enc', '-File -ExecutionPolicy'],
      ['powershell', '-c -command -Command -EncodedCommand -enc', '-File -ExecutionPolicy'],
      ['cmd', '/c /C /k', ''],
      ['r', '-e', ''],
      ['rscript', '-e', ''],
      ['julia', '-e -E', ''],
      ['tclsh', '', ''],
      ['wish', '', ''],
      ['jshell', '', ''],
      ['groovy', '-e', ''],
      ['scala', '-e', ''],
      ['elixir', '-e --eval', ''],
      ['erl', '-eval', ''],
      ['clojure', '-e', ''],
      ['bb', '-e', ''],
      ['guile', '-c', ''],
      ['racket', '-e', ''],
      ['sbcl', '--eval', ''],
      ['octave', '--eval', ''],
      ['ghc', '-e', ''],
      ['swift', '-e', ''],
      ['raku', '-e', ''],
      ['crystal', 'eval', ''],
      ['nu', '-c', ''],
    ] as const
  ).map(([name, code, valued]) => [
    name,
    { code: new Set(code.split(' ').filter(Boolean)), valued: new Set(valued.split(' ').filter(Boolean)) },
  ]),
)

/**
 * Variables that change which code runs or where an AI app sends what it knows. `loads`: the value is code that programs load;
 * `options`: it may hold an option that does; `path`: folders programs are found in; `command`: programs run the value.
 */
export type PowerOfVariable = 'code' | 'loads' | 'options' | 'path' | 'command' | 'agent'

export const POWERFUL_VARIABLES: ReadonlyMap<string, PowerOfVariable> = new Map(
  (
    [
      ['code', 'LD_LIBRARY_PATH DYLD_LIBRARY_PATH PERL5LIB GCONV_PATH'],
      ['loads', 'LD_PRELOAD LD_AUDIT DYLD_INSERT_LIBRARIES PYTHONSTARTUP BASH_ENV ENV ZDOTDIR GIT_TEMPLATE_DIR GIT_EXEC_PATH'],
      ['options', 'NODE_OPTIONS PERL5OPT RUBYOPT JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS MAVEN_OPTS GRADLE_OPTS SBT_OPTS GOFLAGS'],
      ['path', 'PATH'],
      [
        'command',
        'PROMPT_COMMAND GIT_SSH GIT_SSH_COMMAND GIT_EXTERNAL_DIFF GIT_PAGER GIT_EDITOR GIT_SEQUENCE_EDITOR GIT_ASKPASS GIT_PROXY_COMMAND SSH_ASKPASS PAGER MANPAGER EDITOR VISUAL BROWSER LESSOPEN LESSCLOSE SYSTEMD_PAGER PSQL_PAGER BAT_PAGER',
      ],
      [
        'agent',
        'ANTHROPIC_BASE_URL ANTHROPIC_API_URL ANTHROPIC_BEDROCK_BASE_URL ANTHROPIC_VERTEX_BASE_URL OPENAI_BASE_URL OPENAI_API_BASE GOOGLE_GEMINI_BASE_URL GEMINI_BASE_URL OLLAMA_HOST HTTP_PROXY HTTPS_PROXY ALL_PROXY http_proxy https_proxy all_proxy NODE_EXTRA_CA_CERTS SSL_CERT_FILE NODE_TLS_REJECT_UNAUTHORIZED CLAUDE_CODE_SIMPLE CLAUDE_CONFIG_DIR CODEX_HOME ASSIZE_STATE ASSIZE_CONFIG ASSIZE_HUB ASSIZE_TOKEN ASSIZE_PACK',
      ],
    ] as const
  ).flatMap(([power, names]) => names.split(' ').map((name) => [name, power] as const)),
)
