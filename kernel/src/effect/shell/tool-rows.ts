/** Commands of developers' and administrators' tools. Data; what a system brings itself stands in `system-rows.ts`. */
import { ignoreOptions, type Rows } from './command-row.ts'

export const TOOL_ROWS: Rows = [
  // Show something and change nothing.
  [
    'apt-cache apt-file dpkg-query lsof netstat ss ifconfig arp lsusb lspci lshw lsmod dmesg journalctl getent locate plocate mlocate whatis tldr cheat neofetch fastfetch pidstat sar mpstat uuidgen uuid pwgen cowsay figlet banner dircolors nvidia-smi blkid findmnt mountpoint quota last lastb w who finger timedatectl localectl lsns lsipc ipcs numfmt column cal ncal seq jot pstree pmap slabtop nvtop htop btop glances errno asciiart cmatrix lolcat fortune uptime cd.. gettext ngettext ldconfig tic infocmp toe',
    { operands: 'ignore' },
  ],
  // How some coding agents name their own small tools.
  ['goto scroll_down scroll_up', { operands: 'ignore' }],
  ['search_file search_dir', { operands: 'read', skip: 1 }],
  ['find_file', { operands: 'ignore' }],
  ['open_file', { operands: 'read' }],
  [
    'ffprobe exiftool mediainfo identify tokei cloc scc hexyl glow mdcat jless xmlstarlet yamllint markdownlint csvlook csvcut csvstat delta difft checksec pdfinfo pdffonts otool lipo nm addr2line c++filt zipinfo lsar xzless bzless zless zmore sdiff colordiff wdiff diffstat icdiff shasum sha224sum sha384sum xxhsum md5deep hashdeep cksum crc32 fc-list fc-match',
    { operands: 'read', options: ignoreOptions('-n -w -f -t -o --format') },
  ],
  // Make a new file from others.
  ['dos2unix unix2dos optipng jpegoptim svgo ', { operands: 'write' }],
  [
    'ffmpeg sox lame convert magick mogrify pandoc inkscape gs pdftotext pdftohtml pdftoppm pdfunite qpdf cwebp dwebp rsvg-convert wkhtmltopdf dot neato plantuml mmdc asciidoctor groff latex pdflatex xelatex lualatex bibtex ',
    {
      operands: 'copy',
      options: {
        '-i': 'read',
        '-o': 'write',
        '--output': 'write',
        ...ignoreOptions('-f -t -c -c:v -c:a -vf -af -r -b -ss -to -y -loglevel --from --to -T -K -resize -quality'),
      },
    },
  ],
  ['jar', { operands: 'read', skip: 1 }],
  // Run what stands in the project.
  [
    'ng vue create-react-app sails nest pio platformio flutter dart gfortran f77 f95 nasm yasm javadoc groovy lein boot clj crystal nim odin v gleam elm purs spago dune opam ocaml ocamlopt ghci runghc racket guile sbcl clisp luarocks busted perlcritic prove 2to3 autoflake autopep8 pyupgrade dmypy pytype bandit safety pyenv rbenv nvm fnm asdf mise volta jenv sdk rustup cross wasm-pack trunk tauri electron expo react-native pod fastlane xcrun swiftlint swiftformat dvc mlflow kaggle jupyter papermill streamlit gradio doxygen mdbook docsify vagrant packer hg svn fossil bzr jj yadm lefthook commitlint changeset cmake-gui ctest cpack conan vcpkg qmake bear ccache distcc clang-format clang-tidy cppcheck gcov lcov kcov tig lazygit gitui act k6 ab wrk hey locust newman hurl bats nextest insta tarpaulin air templ sqlfluff dbt alembic flyway liquibase prisma drizzle-kit knex sequelize typeorm graphql-codegen swagger-codegen openapi-generator stow chezmoi nodemon pm2 forever concurrently supervisord foreman honcho overmind gunicorn hypercorn daphne celery rq dramatiq puma unicorn thin sidekiq nginx httpd apachectl apache2ctl caddy php-fpm fasttext',
    { operands: 'ignore', runs: 'program' },
  ],
  ['ifup ifdown nmcli nmtui iwconfig wpa_cli tc ethtool ip bridge route', { operands: 'ignore', runs: 'program' }],
  ['dpkg rpm', { operands: 'read', runs: 'program' }],
  // Go somewhere.
  [
    'nmap masscan arp-scan whatweb nikto gobuster ffuf wfuzz dirb hping3 fping httping tcping',
    { operands: 'address', options: ignoreOptions('-p -w -o -oN -oX -oG -t -u -x -s -sV -T -e -i -c') },
  ],
  [
    'mosh ftp tftp lftp ncftp smbclient rlogin rsh xfreerdp rdesktop vncviewer',
    { operands: 'address', options: { ...ignoreOptions('-p -u -U -P -l -m -i'), '-c': 'shell', '-e': 'ignore' } },
  ],
  [
    'yt-dlp youtube-dl gallery-dl instaloader wget2 axel aria2c httrack',
    {
      operands: 'named',
      options: {
        '-o': 'write',
        '--output': 'write',
        '-P': 'write',
        '-d': 'write',
        '-i': 'read',
        '--exec': 'shell',
        '--config-location': 'read',
        '--cookies': 'read',
        ...ignoreOptions('-f --format -S -x -s -j'),
      },
    },
  ],
  ['iperf iperf3', { operands: 'ignore', options: { '-c': 'address', '--client': 'address', '-p': 'ignore', '-t': 'ignore' } }],
  // Bring passwords and keys to light.
  ['secret-tool security keyctl kwallet-query cmdkey keyring', { operands: 'ignore', runs: 'keyring' }],
  // Change who may do what.
  ['smbpasswd chsh chfn chpass pwck vigr newgrp groupmod groupdel semodule setsebool', { operands: 'ignore', runs: 'privilege' }],
  [
    'tlmgr opkg pkg emerge nix-env cask mas guix pkgin pkg_add xbps-install eopkg swupd urpmi slackpkg',
    { operands: 'package', skip: 1, runs: 'installer' },
  ],
]
