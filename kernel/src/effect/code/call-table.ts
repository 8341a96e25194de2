/** What the functions of common languages do. Data, read by `do-call.ts`. */

/**
 * What is done with the arguments. `shell`: a text for a shell, or a list of words; `program`: a program and its words; `open`: a
 * file, read unless the mode says otherwise; `copy`, `move`: from the first to the second; `link`: the second is another name of
 * the first; `fetch`, `send`: an address; `host`: a machine by its name; `code`: text of the same language; `load`: a module by
 * its name; `list`: a pattern of files; `quiet`: nothing but a value.
 */
export type Deed =
  | 'shell'
  | 'program'
  | 'read'
  | 'write'
  | 'delete'
  | 'open'
  | 'copy'
  | 'move'
  | 'link'
  | 'list'
  | 'fetch'
  | 'send'
  | 'host'
  | 'code'
  | 'load'
  | 'environment'
  | 'quiet'

/** The functions of a language, by their full names; `*.name` is a method of anything. */
type Rows = readonly (readonly [deed: Deed, names: string])[]

const PYTHON: Rows = [
  [
    'shell',
    'os.system os.popen subprocess.getoutput subprocess.getstatusoutput commands.getoutput asyncio.create_subprocess_shell pexpect.run pexpect.spawn pty.spawn popen2.popen2 popen2.popen3 subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen get_ipython.system *.check_output *.getoutput *.popen *.system',
  ],
  ['program', 'os.execv os.execvp os.execve os.execl os.execlp os.execle os.posix_spawn os.posix_spawnp asyncio.create_subprocess_exec'],
  ['open', 'open io.open codecs.open gzip.open bz2.open lzma.open tarfile.open zipfile.ZipFile os.open *.open shelve.open sqlite3.connect'],
  [
    'read',
    '*.read_text *.read_bytes *.iterdir *.glob *.rglob os.listdir os.scandir os.walk linecache.getline linecache.getlines numpy.load numpy.loadtxt pandas.read_csv pandas.read_json pandas.read_excel pandas.read_parquet runpy.run_path execfile fileinput.input configparser.read',
  ],
  ['list', 'glob.glob glob.iglob'],
  [
    'write',
    'os.mkdir os.makedirs os.chmod os.chown os.truncate os.mkfifo *.write_text *.write_bytes *.touch *.mkdir *.chmod numpy.save numpy.savetxt shutil.make_archive',
  ],
  ['delete', 'os.remove os.unlink os.rmdir os.removedirs shutil.rmtree *.unlink *.rmdir *.rmtree'],
  ['move', 'os.rename os.replace os.renames shutil.move'],
  ['copy', 'shutil.copy shutil.copy2 shutil.copyfile shutil.copytree shutil.copyfileobj'],
  ['link', 'os.symlink os.link'],
  [
    'fetch',
    'requests.get requests.head requests.options httpx.get httpx.head urllib.request.urlopen urllib.request.urlretrieve urllib.request.Request urllib2.urlopen urllib.urlopen urllib.urlretrieve urllib3.request aiohttp.get feedparser.parse webbrowser.open wget.download',
  ],
  [
    'send',
    'requests.post requests.put requests.patch requests.delete requests.request httpx.post httpx.put httpx.patch httpx.request websocket.create_connection websockets.connect xmlrpc.client.ServerProxy',
  ],
  [
    'host',
    'socket.create_connection *.connect http.client.HTTPSConnection http.client.HTTPConnection smtplib.SMTP smtplib.SMTP_SSL ftplib.FTP ftplib.FTP_TLS telnetlib.Telnet imaplib.IMAP4_SSL',
  ],
  ['code', 'exec eval compile builtins.exec builtins.eval'],
  ['load', '__import__ importlib.import_module builtins.__import__'],
  ['environment', 'os.getenv os.environ.get os.environ.setdefault'],
  [
    'quiet',
    'print len range sorted isinstance type repr str int float list dict set tuple zip map filter sum min max any all abs enumerate format hash id bool bytes bytearray hex ord chr json.loads json.dumps json.load json.dump re.sub re.match re.search re.findall re.compile re.fullmatch re.split textwrap.dedent pprint.pprint logging.info logging.warning logging.error sys.exit exit quit time.sleep assert pytest.raises *.append *.startswith *.endswith *.split *.strip *.write *.writelines *.lower *.upper *.find *.count *.index *.add *.info *.debug *.warning *.error *.assertEqual *.assertIn *.get *.items *.keys *.values *.exists *.is_file *.is_dir os.path.exists os.path.isfile os.path.isdir os.path.basename os.path.dirname os.path.getsize os.path.abspath hasattr argparse.ArgumentParser *.add_argument',
  ],
]

const JAVASCRIPT: Rows = [
  [
    'shell',
    'child_process.exec child_process.execSync *.exec *.execSync execa.command execa.commandSync shelljs.exec shell.exec execaCommand',
  ],
  [
    'program',
    'child_process.spawn child_process.spawnSync child_process.execFile child_process.execFileSync child_process.fork *.spawn *.spawnSync *.execFile *.execFileSync execa execa.execa Bun.spawn Bun.spawnSync Deno.Command Deno.run',
  ],
  [
    'read',
    'fs.readFile fs.readFileSync fs.createReadStream fs.readdir fs.readdirSync fs.readlink fs.readlinkSync fs.open fs.openSync fs.opendir Deno.readTextFile Deno.readTextFileSync Deno.readFile Deno.readFileSync Deno.open Bun.file fs.readJson fs.readJsonSync',
  ],
  [
    'write',
    'fs.writeFile fs.writeFileSync fs.appendFile fs.appendFileSync fs.createWriteStream fs.mkdir fs.mkdirSync fs.mkdtemp fs.chmod fs.chmodSync fs.chown fs.chownSync fs.truncate fs.truncateSync Deno.writeTextFile Deno.writeTextFileSync Deno.writeFile Deno.mkdir Bun.write fs.outputFile fs.outputFileSync',
  ],
  [
    'delete',
    'fs.unlink fs.unlinkSync fs.rm fs.rmSync fs.rmdir fs.rmdirSync fs.remove fs.removeSync fs.emptyDir Deno.remove Deno.removeSync rimraf rimraf.sync shelljs.rm',
  ],
  ['move', 'fs.rename fs.renameSync fs.move fs.moveSync Deno.rename'],
  ['copy', 'fs.copyFile fs.copyFileSync fs.cp fs.cpSync fs.copy fs.copySync Deno.copyFile'],
  ['link', 'fs.symlink fs.symlinkSync fs.link fs.linkSync'],
  ['fetch', 'fetch axios.get axios.head http.get https.get got undici.request undici.fetch needle.get superagent.get open'],
  [
    'send',
    'axios axios.post axios.put axios.patch axios.delete axios.request http.request https.request got.post needle.post superagent.post navigator.sendBeacon WebSocket EventSource *.sendBeacon ky.post',
  ],
  ['host', 'net.connect net.createConnection tls.connect dns.lookup dns.resolve dns.promises.lookup dgram.connect'],
  ['code', 'eval Function vm.runInNewContext vm.runInThisContext vm.runInContext vm.Script'],
  ['load', 'require import module.require process.mainModule.require'],
  ['environment', 'Deno.env.get'],
  [
    'quiet',
    'console.log console.error console.warn console.info console.debug JSON.stringify JSON.parse Object.keys Object.entries Object.values process.exit process.cwd setTimeout Number String Boolean Array.from Math.max Math.min *.push *.includes *.startsWith *.endsWith *.match *.test *.indexOf *.map *.filter *.forEach *.write *.end *.on *.then *.catch *.has *.get *.set describe it test expect assert assert.equal *.toBe *.toEqual RegExp Error URL fs.existsSync fs.statSync fs.stat path.basename path.dirname path.extname',
  ],
]

const RUBY: Rows = [
  [
    'shell',
    'system exec spawn Kernel.system Kernel.exec Kernel.spawn IO.popen Open3.capture2 Open3.capture2e Open3.capture3 Open3.popen3 PTY.spawn',
  ],
  ['open', 'File.open File.new IO.open Kernel.open'],
  ['read', 'File.read IO.read File.readlines File.binread File.foreach Dir.entries Dir.children Dir.glob load IO.readlines'],
  ['write', 'File.write IO.write File.binwrite FileUtils.mkdir_p FileUtils.touch Dir.mkdir File.chmod FileUtils.chmod FileUtils.mkdir'],
  [
    'delete',
    'File.delete File.unlink Dir.rmdir Dir.delete FileUtils.rm FileUtils.rm_f FileUtils.rm_rf FileUtils.rm_r FileUtils.remove_dir FileUtils.remove_entry FileUtils.rmtree',
  ],
  ['move', 'File.rename FileUtils.mv'],
  ['copy', 'FileUtils.cp FileUtils.cp_r FileUtils.copy'],
  ['link', 'File.symlink File.link FileUtils.ln_s FileUtils.ln_sf'],
  ['fetch', 'URI.open Net.HTTP.get Net.HTTP.get_response Net.HTTP.get_print open HTTParty.get Faraday.get'],
  ['send', 'Net.HTTP.post Net.HTTP.post_form HTTParty.post Faraday.post'],
  ['host', 'TCPSocket.new TCPSocket.open Socket.tcp Net.HTTP.new Net.HTTP.start Net.SMTP.start'],
  ['code', 'eval instance_eval class_eval Kernel.eval'],
  ['load', 'require require_relative'],
  ['environment', 'ENV.fetch'],
  ['quiet', 'puts print p pp printf warn raise JSON.parse JSON.generate sleep exit'],
]

const PERL: Rows = [
  ['shell', 'system exec readpipe'],
  ['open', 'open sysopen'],
  ['read', 'opendir do require_file slurp read_file'],
  ['write', 'mkdir chmod chown utime truncate write_file make_path'],
  ['delete', 'unlink rmdir rmtree remove_tree File.Path.rmtree File.Path.remove_tree'],
  ['move', 'rename move File.Copy.move'],
  ['copy', 'copy File.Copy.copy'],
  ['link', 'symlink link'],
  ['fetch', 'get getstore LWP.Simple.get *.get'],
  ['send', '*.post *.request'],
  ['host', 'IO.Socket.INET.new'],
  ['code', 'eval'],
  ['quiet', 'print printf say die warn push pop shift join split length defined keys values sort map grep exit sprintf uc lc'],
]

const PHP: Rows = [
  ['shell', 'system exec shell_exec passthru popen proc_open pcntl_exec'],
  ['open', 'fopen'],
  [
    'read',
    'file_get_contents file readfile include include_once require require_once opendir scandir glob parse_ini_file show_source highlight_file fpassthru',
  ],
  ['write', 'file_put_contents mkdir chmod chown touch tempnam'],
  ['delete', 'unlink rmdir'],
  ['move', 'rename move_uploaded_file'],
  ['copy', 'copy'],
  ['link', 'symlink link'],
  ['fetch', 'curl_init get_headers'],
  ['host', 'fsockopen stream_socket_client pfsockopen'],
  ['code', 'eval assert create_function'],
  ['environment', 'getenv'],
  ['quiet', 'echo print print_r var_dump printf json_encode json_decode strlen count die exit str_replace'],
]

const LUA: Rows = [
  ['shell', 'os.execute io.popen'],
  ['open', 'io.open'],
  ['read', 'dofile loadfile io.lines io.input'],
  ['write', 'io.output lfs.mkdir'],
  ['delete', 'os.remove lfs.rmdir'],
  ['move', 'os.rename'],
  ['code', 'load loadstring'],
  ['environment', 'os.getenv'],
  ['quiet', 'print tostring tonumber string.format error assert'],
]

const R: Rows = [
  ['shell', 'system system2 shell pipe'],
  ['read', 'readLines read.csv read.table source readRDS scan file'],
  ['write', 'writeLines write.csv saveRDS dir.create'],
  ['delete', 'unlink file.remove'],
  ['copy', 'file.copy'],
  ['move', 'file.rename'],
  ['fetch', 'download.file url'],
  ['code', 'eval parse'],
  ['environment', 'Sys.getenv'],
  ['quiet', 'print cat paste message library install.packages'],
]

const JULIA: Rows = [
  ['shell', 'run'],
  ['open', 'open'],
  ['read', 'read readlines include readdir'],
  ['write', 'write mkdir mkpath touch'],
  ['delete', 'rm'],
  ['move', 'mv'],
  ['copy', 'cp'],
  ['fetch', 'download'],
  ['code', 'eval Meta.parse'],
  ['quiet', 'print println'],
]

const TABLES: Readonly<Record<string, ReadonlyMap<string, Deed>>> = Object.fromEntries(
  (
    [
      ['python', PYTHON],
      ['javascript', JAVASCRIPT],
      ['ruby', RUBY],
      ['perl', PERL],
      ['php', PHP],
      ['lua', LUA],
      ['r', R],
      ['julia', JULIA],
    ] as const
  ).map(([language, rows]) => [language, new Map(rows.flatMap(([deed, names]) => names.split(' ').map((name) => [name, deed] as const)))]),
)

/** What a function does; undefined when nobody knows. */
export function deedOf(language: string, name: string): Deed | undefined {
  const table = TABLES[language]
  if (table === undefined) return undefined
  const plain = name
    .replaceAll('::', '.')
    .replace(/^(?:node:|globalThis\.|window\.|global\.)/, '')
    .replace(/^fs[./]promises\./, 'fs.')
    .replace(/^fs-extra\./, 'fs.')
  return table.get(plain) ?? (plain.includes('.') ? table.get(`*.${plain.slice(plain.lastIndexOf('.') + 1)}`) : undefined)
}
