/** What the commands of everyday shells do with their operands and options. Data, read by `command-reader.ts`. */

/** What a command does with a word. `named`: an address if it has a scheme, else a file. `shell`: a text that a shell runs. */
export type Role = 'read' | 'write' | 'delete' | 'address' | 'named' | 'ignore' | 'package' | 'script' | 'shell' | 'listen'

export interface CommandRow {
  /**
   * What operands are. `copy`: the last is written, the others read. `move`: the others are deleted as well. `archive`: the first is
   * written, the others read. `shell`: together they are a text that a shell runs.
   */
  readonly operands: Role | 'copy' | 'move' | 'archive'
  /** The first operands are no files: a pattern, a mode. */
  readonly skip?: number
  /** Options that take a value, and what the value is. */
  readonly options?: Readonly<Record<string, Role>>
  /** Options after which the operands are used otherwise: `sed -i` writes. */
  readonly switches?: Readonly<Record<string, Role>>
  /** What running it does besides: a process of its own. */
  readonly runs?: 'program' | 'installer' | 'publisher' | 'privilege' | 'database' | 'power' | 'environment'
  /** Its output is decoded or decompressed input. */
  readonly decodes?: boolean
}

const ignoreOptions = (names: string): Readonly<Record<string, Role>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, 'ignore']))

type Rows = readonly (readonly [names: string, row: CommandRow])[]

const ROWS: Rows = [
  // Print or compute only.
  [
    'echo printf true false : test [ [[ pwd date whoami id groups uname hostname uptime sleep wait seq expr basename dirname type which whereis command-v hash tty clear let shift set unset shopt umask ulimit return exit break continue unalias jobs fg bg history bc factor tr yes nproc arch locale tput stty cal times getopts popd dirs logname users ps pgrep top free vmstat iostat lscpu lsblk df du- printf tsort rev nl column fold fmt expand unexpand',
    { operands: 'ignore' },
  ],
  [
    'ls dir tree stat file du readlink realpath wc head tail cat tac bat batcat cksum md5sum sha1sum sha256sum sha512sum shasum md5 b2sum sum strings od xxd-r hexdump nm objdump readelf ldd size diff cmp comm join paste sort uniq cut view jq yq xmllint pygmentize rev nl fold column exa eza lsd vdir',
    {
      operands: 'read',
      options: ignoreOptions('-n -c -d -f -k -t -s -w --lines --bytes --delimiter --fields --key --arg --argjson --indent -L -I'),
    },
  ],
  [
    'sort',
    {
      operands: 'read',
      options: {
        ...ignoreOptions('-k -t -S --key --field-separator'),
        '-o': 'write',
        '--output': 'write',
        '-T': 'ignore',
        '--compress-program': 'shell',
      },
    },
  ],
  ['base64 base32 xxd uudecode', { operands: 'read', options: ignoreOptions('-w --wrap -l -c -g -s'), decodes: true }],
  [
    'openssl gpg gpg2 age',
    {
      operands: 'ignore',
      options: {
        '-in': 'read',
        '-out': 'write',
        '-o': 'write',
        '--output': 'write',
        '-k': 'ignore',
        '-pass': 'ignore',
        '-K': 'ignore',
        '-iv': 'ignore',
        '-r': 'ignore',
        '-connect': 'address',
        '-inkey': 'read',
        '-key': 'read',
      },
      decodes: true,
    },
  ],
  ['gunzip zcat bzcat xzcat zstdcat unzip funzip', { operands: 'read', options: { '-d': 'write' }, decodes: true }],
  ['gzip bzip2 xz zstd lz4 compress', { operands: 'write', options: ignoreOptions('-S -T') }],
  [
    'grep egrep fgrep rg ag ack zgrep',
    {
      operands: 'read',
      skip: 1,
      options: {
        ...ignoreOptions(
          '-A -B -C -m -d -D --include --exclude --exclude-dir --color --max-count --context -g --glob -t --type -T --type-not -r --replace -M --max-columns -j --threads --max-depth',
        ),
        '-e': 'ignore',
        '--regexp': 'ignore',
        '-f': 'read',
        '--file': 'read',
        '--pre': 'shell',
        '--hostname-bin': 'shell',
        '--pager': 'shell',
      },
    },
  ],
  [
    'touch mkdir mktemp truncate mkfifo install-d tee sponge ed nano emacs patch split csplit',
    { operands: 'write', options: ignoreOptions('-m -t -d -r -s --mode --date --size -p -b -l -n') },
  ],
  ['rm rmdir unlink shred srm trash del erase', { operands: 'delete', options: ignoreOptions('-n -s') }],
  [
    'cp install rsync-local',
    {
      operands: 'copy',
      options: { ...ignoreOptions('-m -o -g -S --mode --owner --group --suffix'), '-t': 'write', '--target-directory': 'write' },
    },
  ],
  ['mv rename', { operands: 'move', options: { ...ignoreOptions('-S --suffix'), '-t': 'write', '--target-directory': 'write' } }],
  ['ln link', { operands: 'copy', options: { ...ignoreOptions('-S --suffix'), '-t': 'write', '--target-directory': 'write' } }],
  ['chmod chown chgrp setfacl chattr xattr', { operands: 'write', skip: 1, options: ignoreOptions('--reference --from -m -x') }],
  ['mount umount losetup', { operands: 'write', runs: 'privilege', options: ignoreOptions('-t -o') }],
  ['env printenv set-env', { operands: 'ignore', runs: 'environment' }],
  // The network.
  [
    'ping ping6 traceroute tracepath mtr dig host nslookup drill whois resolvectl',
    { operands: 'address', options: ignoreOptions('-c -W -w -i -t -p -q -m -s -I -T -b') },
  ],
  [
    'nc ncat netcat telnet socat openssl-s_client',
    {
      operands: 'address',
      options: {
        ...ignoreOptions('-w -i -s -q -X -x -I -O'),
        '-p': 'listen',
        '-e': 'shell',
        '-c': 'shell',
        '--exec': 'shell',
        '--sh-exec': 'shell',
      },
      switches: { '-l': 'listen', '--listen': 'listen' },
    },
  ],
  [
    'lynx links w3m aria2c axel httpie http https xh',
    { operands: 'address', options: { '-o': 'write', '--output': 'write', '-O': 'write' } },
  ],
  ['open xdg-open start sensible-browser', { operands: 'named', runs: 'program' }],
  // Run what stands in a text.
  ['watch viddy', { operands: 'shell', options: ignoreOptions('-n --interval -q --equexit -g') }],
  [
    'su runuser',
    { operands: 'ignore', runs: 'privilege', options: { '-c': 'shell', '--command': 'shell', '-s': 'shell', '-g': 'ignore' } },
  ],
  ['script', { operands: 'write', options: { '-c': 'shell', '--command': 'shell', '-O': 'write', '-I': 'write', '-B': 'write' } }],
  [
    'man info apropos help',
    {
      operands: 'ignore',
      options: { '-P': 'shell', '--pager': 'shell', '-H': 'shell', '--html': 'shell', '-C': 'read', '-M': 'ignore', '-S': 'ignore' },
    },
  ],
  ['zip', { operands: 'archive', options: { '-TT': 'shell', '--unzip-command': 'shell', '-x': 'ignore', '-i': 'ignore' } }],
  ['7z 7za rar', { operands: 'archive', skip: 1 }],
  // Run programs of the workspace.
  [
    'ninja cmake meson bazel bazelisk buck2 gradle gradlew mvn mvnw sbt ant tox nox pytest unittest jest vitest mocha ava playwright cypress eslint oxlint biome prettier tsc tsx ts-node esbuild vite webpack rollup next nuxt astro turbo nx lerna ruff black isort flake8 pylint mypy pyright pyre coverage go gofmt golangci-lint rustc rustfmt clippy javac java kotlinc kotlin scalac swift swiftc xcodebuild dotnet msbuild ghc cabal stack mix elixir erl rebar3 zig gcc g++ cc c++ clang clang++ ld ar gdb lldb perf hyperfine composer phpunit php-cs-fixer phpstan rake rspec rubocop rails django-admin flask uvicorn gunicorn manage.py sphinx-build mkdocs hugo jekyll protoc buf sqlc alembic pre-commit just task shellcheck shfmt hadolint actionlint semgrep terraform-fmt',
    { operands: 'ignore', runs: 'program' },
  ],
  ['kill pkill killall renice', { operands: 'ignore', runs: 'program' }],
  // Bring code in, give it out, change the system.
  [
    'apt apt-get aptitude dnf yum zypper pacman apk brew port snap flatpak choco winget scoop',
    { operands: 'package', skip: 1, runs: 'installer' },
  ],
  ['easy_install pipx uvx', { operands: 'package', runs: 'installer' }],
  [
    'npx bunx pnpx',
    { operands: 'package', runs: 'installer', options: { '-c': 'shell', '--call': 'shell', '-p': 'package', '--package': 'package' } },
  ],
  ['twine vsce ovsx', { operands: 'read', skip: 1, runs: 'publisher' }],
  [
    'useradd usermod userdel adduser deluser groupadd gpasswd passwd chpasswd visudo vipw setcap ssh-copy-id',
    { operands: 'ignore', runs: 'privilege' },
  ],
  ['systemctl service launchctl crontab at batch schtasks sc', { operands: 'read', skip: 1, runs: 'installer' }],
  ['mongosh mongo redis-cli cqlsh clickhouse-client bq sqlcmd', { operands: 'ignore', runs: 'database' }],
  [
    'shutdown reboot halt poweroff mkfs fdisk parted wipefs mkswap swapoff dd-raw iptables nft ufw insmod modprobe sysctl',
    { operands: 'write', runs: 'power' },
  ],
]

export const COMMANDS: ReadonlyMap<string, CommandRow> = new Map(
  ROWS.flatMap(([names, row]) => names.split(' ').map((name) => [name, row] as const)),
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
      ['options', 'NODE_OPTIONS PERL5OPT RUBYOPT JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS'],
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
