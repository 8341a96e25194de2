/** Commands of everyday systems. Data. */
import { ignoreOptions, type Rows } from './command-row.ts'

export const SYSTEM_ROWS: Rows = [
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
    'grep egrep fgrep zgrep bzgrep xzgrep pcregrep',
    {
      operands: 'read',
      skip: 1,
      options: {
        ...ignoreOptions('-A -B -C -m -d -D --include --exclude --exclude-dir --max-count --context --label --binary-files'),
        '-e': 'ignore',
        '--regexp': 'ignore',
        '-f': 'read',
        '--file': 'read',
      },
    },
  ],
  [
    'rg ag ack',
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
    'touch mkdir mktemp truncate mkfifo install-d tee sponge ed nano patch csplit',
    { operands: 'write', options: ignoreOptions('-m -t -d -r -s --mode --date --size -p -b -l -n') },
  ],
  [
    'split',
    { operands: 'read', options: { ...ignoreOptions('-a -b -C -l -n -t --bytes --lines --number --suffix-length'), '--filter': 'shell' } },
  ],
  [
    'tcpdump tshark dumpcap',
    {
      operands: 'ignore',
      runs: 'program',
      options: { ...ignoreOptions('-i -G -C -c -s -Z -F -y -B'), '-z': 'shell', '-w': 'write', '-r': 'read' },
    },
  ],
  [
    'rm rmdir unlink shred srm trash del erase rimraf trash-put trash-cli del-cli gtrash rip',
    { operands: 'delete', options: ignoreOptions('-n -s') },
  ],
  [
    'cp install rsync-local',
    {
      operands: 'copy',
      options: { ...ignoreOptions('-m -o -g -S --mode --owner --group --suffix'), '-t': 'write', '--target-directory': 'write' },
    },
  ],
  ['mv rename', { operands: 'move', options: { ...ignoreOptions('-S --suffix'), '-t': 'write', '--target-directory': 'write' } }],
  ['ln link', { operands: 'copy', options: { ...ignoreOptions('-S --suffix'), '-t': 'write', '--target-directory': 'write' } }],
  [
    'logger',
    {
      operands: 'ignore',
      options: { ...ignoreOptions('-t -p -i -P -T -S'), '-n': 'address', '--server': 'address', '-f': 'read', '--file': 'read' },
    },
  ],
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
    { operands: 'package', skip: 1, runs: 'installer', options: { '-o': 'setting', '--option': 'setting' } },
  ],
  ['easy_install', { operands: 'package', runs: 'installer' }],
  ['npx bunx pnpx uvx', { operands: 'package', runs: 'installer' }],
  ['twine vsce ovsx', { operands: 'read', skip: 1, runs: 'publisher' }],
  [
    'useradd usermod userdel adduser deluser groupadd gpasswd passwd chpasswd visudo vipw setcap ssh-copy-id',
    { operands: 'ignore', runs: 'privilege' },
  ],
  ['schtasks sc', { operands: 'read', skip: 1, runs: 'installer' }],
  ['mongosh mongo redis-cli cqlsh clickhouse-client bq sqlcmd', { operands: 'ignore', runs: 'database' }],
]
