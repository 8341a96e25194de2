/** What members of .NET and COM types do with their arguments. Data, read by `members.ts`. */

/** What becomes of one argument. `fetch`: an address whose content comes back; `send`: an address that gets the other arguments. */
export type ArgumentRole =
  | 'read'
  | 'write'
  | 'delete'
  | 'fetch'
  | 'send'
  | 'host'
  | 'code'
  | 'shell'
  | 'program'
  | 'variable'
  | 'registry'
  | 'ignore'

type Rows = readonly (readonly [types: string, members: string, roles: string])[]

/** `*`: of whatever type, the member name alone says enough. */
const ROWS: Rows = [
  ['* net.webclient', 'downloadstring downloaddata openread downloadstringtaskasync downloaddatataskasync', 'fetch'],
  ['* net.webclient', 'downloadfile downloadfileasync downloadfiletaskasync', 'fetch write'],
  ['* net.webclient', 'uploadstring uploaddata uploadvalues openwrite uploadstringtaskasync uploaddatataskasync', 'send'],
  ['* net.webclient', 'uploadfile uploadfileasync', 'send read read'],
  ['* net.http.httpclient', 'getstringasync getbytearrayasync getstreamasync', 'fetch'],
  ['net.http.httpclient', 'getasync', 'fetch'],
  ['* net.http.httpclient', 'postasync putasync patchasync postasjsonasync', 'send'],
  ['net.webrequest net.httpwebrequest net.ftpwebrequest', 'create createhttp', 'fetch'],
  ['net.sockets.tcpclient net.sockets.udpclient net.sockets.socket', 'connect connectasync beginconnect', 'host'],
  ['net.sockets.tcpclient net.sockets.udpclient', 'new', 'host'],
  ['net.dns', 'gethostaddresses gethostentry gethostbyname resolve gethostaddressesasync', 'host'],
  ['net.networkinformation.ping', 'send sendpingasync', 'host'],
  ['net.mail.smtpclient', 'new', 'host'],
  ['msxml2.xmlhttp msxml2.serverxmlhttp winhttp.winhttprequest.5.1 microsoft.xmlhttp', 'open', 'ignore fetch'],
  ['io.file', 'readalltext readalllines readallbytes readlines openread opentext readalltextasync readallbytesasync getattributes', 'read'],
  [
    'io.file',
    'writealltext writealllines writeallbytes appendalltext appendalllines create createtext appendtext openwrite open setattributes setlastwritetime writealltextasync encrypt',
    'write',
  ],
  ['io.file io.directory', 'delete', 'delete'],
  ['io.file', 'copy', 'read write'],
  ['io.file io.directory', 'move replace', 'delete write'],
  ['io.directory', 'createdirectory', 'write'],
  ['io.directory', 'getfiles getdirectories getfilesystementries enumeratefiles enumeratefilesystementries enumeratedirectories', 'read'],
  ['io.streamreader io.filestream io.binaryreader', 'new', 'read'],
  ['io.streamwriter', 'new', 'write'],
  ['io.compression.zipfile', 'createfromdirectory', 'read write'],
  ['io.compression.zipfile', 'extracttodirectory', 'read write'],
  ['io.compression.zipfile', 'openread open', 'read'],
  ['diagnostics.process', 'start', 'program shell'],
  ['* wscript.shell shell.application', 'shellexecute', 'program shell'],
  ['wscript.shell', 'run exec', 'shell'],
  ['wscript.shell', 'regwrite', 'registry'],
  ['scriptblock management.automation.scriptblock', 'create', 'code'],
  ['* powershell management.automation.powershell', 'addscript', 'code'],
  ['*', 'invokescript', 'code'],
  ['environment', 'getenvironmentvariable expandenvironmentvariables', 'variable'],
  ['microsoft.win32.registry', 'setvalue', 'registry'],
  ['microsoft.visualbasic.interaction', 'shell', 'shell'],
]

const TABLE: ReadonlyMap<string, readonly ArgumentRole[]> = new Map(
  ROWS.flatMap(([types, members, roles]) =>
    types
      .split(' ')
      .flatMap((type) => members.split(' ').map((member) => [`${type}::${member}`, roles.split(' ') as ArgumentRole[]] as const)),
  ),
)

/** Undefined when nothing is known of the member. Names are lower case. */
export function rolesOf(type: string | undefined, member: string): readonly ArgumentRole[] | undefined {
  return TABLE.get(`${type ?? '*'}::${member}`) ?? TABLE.get(`*::${member}`)
}

/** Types whose members compute, and change or reveal nothing. */
export const COMPUTES =
  /^(?:math|datetime|datetimeoffset|timespan|guid|string|char|int32|int64|byte|double|decimal|bool|io\.path|text\.|convert|bitconverter|regex|text\.regularexpressions|array|collections\.|linq\.|uri|version|globalization\.|console|threading\.thread|numerics\.|security\.cryptography\.(?:sha|md5|hashalgorithm|randomnumber|hmac)|enum|object|net\.servicepointmanager|net\.webutility|web\.httputility|random|xml$|xml\.|pscustomobject|hashtable|ordered|management\.automation\.language|io\.memorystream|io\.stringreader|io\.stringwriter|gc|psobject|net\.networkcredential|net\.ipaddress|net\.mail\.mail|io\.fileinfo|io\.directoryinfo|diagnostics\.stopwatch)/

/** What decodes or decompresses its input. */
export const DECODES =
  /^(?:convert::frombase64string|convert::fromhexstring|io\.compression\.(?:gzipstream|deflatestream|brotlistream)::new|security\.cryptography\.\w+::(?:create\w+|new)|runtime\.interopservices\.marshal::ptrtostring\w*)$/

/** What loads code or reaches into PowerShell and the system below it. */
export const LOADS_CODE =
  /^(?:reflection\.assembly|appdomain|runtime\.interopservices\.marshal|ref|management\.automation\.amsiutils|reflection\.emit\.|runspacefactory|management\.automation\.runspaces\.|activator|type|microsoft\.csharp\.|codedom\.compiler)/
