/** What PowerShell's own commands do with their parameters. Data, read by `cmdlet-reader.ts`. */
import type { EffectClass } from '../effect.ts'

/** What becomes of a parameter's value. `text` is what the command writes, `block` a script block that runs, `code` text that runs. */
export type CmdletRole =
  | 'read'
  | 'write'
  | 'delete'
  | 'address'
  | 'host'
  | 'recipient'
  | 'code'
  | 'block'
  | 'script'
  | 'package'
  | 'program'
  | 'arguments'
  | 'listen'
  | 'sql'
  | 'ignore'

export interface CmdletRow {
  /** Parameters that take a value, lower case; those filled by position come first. */
  readonly parameters: ReadonlyMap<string, CmdletRole>
  readonly positional: readonly string[]
  /** What the pipeline hands in. */
  readonly input: CmdletRole
  /** The effect of running it at all. */
  readonly does: { readonly class: EffectClass; readonly detail: string } | undefined
}

/**
 * Names; parameters by position as `Name=role`; other parameters after `|`; what the pipeline is after `<`. Then the effect of
 * running it. A parameter without a role takes a value that does nothing.
 */
type Source = readonly [names: string, shape: string, does?: EffectClass, detail?: string]

const PATHS = '| LiteralPath=ROLE PSPath=ROLE Filter Include Exclude Encoding Stream Depth Credential'
const paths = (role: string, more = ''): string => `Path=${role} ${PATHS.replaceAll('ROLE', role)} ${more} < ${role}`

const SOURCES: readonly Source[] = [
  // Compute or show only.
  [
    'Write-Output Write-Host Write-Verbose Write-Warning Write-Error Write-Debug Write-Information Write-Progress Out-Null Out-Host Out-String Out-Default Out-GridView Select-Object Sort-Object Group-Object Measure-Object Compare-Object Get-Unique Format-Table Format-List Format-Wide Format-Custom ConvertTo-Json ConvertFrom-Json ConvertTo-Csv ConvertFrom-Csv ConvertTo-Xml ConvertTo-Html ConvertFrom-StringData Get-Date Get-Random New-Guid New-TimeSpan Get-Location Get-Command Get-Help Get-Member Get-Alias Get-Variable Set-Variable New-Variable Remove-Variable Clear-Variable Get-History Get-Host Get-Culture Get-UICulture Get-Verb Get-Module Get-PSDrive Get-Process Get-Service Get-Job Wait-Job Receive-Job Remove-Job Stop-Job Get-EventLog Get-WinEvent Get-Counter Get-ComputerInfo Get-HotFix Get-NetIPAddress Get-NetAdapter Get-NetRoute Get-NetTCPConnection Get-NetUDPEndpoint Get-DnsClientServerAddress Get-NetIPConfiguration Get-NetFirewallRule Get-NetFirewallProfile Get-Disk Get-Volume Get-Partition Get-PhysicalDisk Get-ScheduledTask Get-ScheduledTaskInfo Get-LocalUser Get-LocalGroup Get-LocalGroupMember Get-ExecutionPolicy Get-MpPreference Get-MpComputerStatus Get-Package Get-PackageProvider Get-InstalledModule Find-Module Find-Package Get-PSRepository Get-WmiObject Get-CimInstance Get-CimClass Get-TimeZone Get-Error Get-PSCallStack Get-Runspace Get-FormatData Get-TypeData Get-Event Get-PSSession Start-Sleep Read-Host Pop-Location Clear-Host Join-Path Split-Path Join-String Test-Json Select-Xml Set-StrictMode Set-PSDebug Add-Member Write-Information Show-Command Exit-PSSession Disconnect-PSSession Remove-PSSession Get-Uptime Test-ModuleManifest Get-AppxPackage Get-WindowsFeature Get-WindowsOptionalFeature Get-BitLockerVolume Get-Printer New-ScheduledTaskTrigger New-ScheduledTaskPrincipal New-ScheduledTaskSettingsSet New-ScheduledTask New-PSSessionOption Set-PSReadLineOption Stop-Transcript Get-TransportRule Debug-Process Update-TypeData Update-FormatData',
    'InputObject | Property Name Value Message Object ForegroundColor BackgroundColor First Last Skip Depth Format Seconds Milliseconds ClassName Namespace ComputerName Id LogName MaxEvents Query Filter Width Separator OutVariable ExpandProperty',
  ],
  [
    'Get-Content Get-FileHash Import-Csv Import-Clixml Import-PowerShellDataFile Get-ItemProperty Get-ItemPropertyValue Get-Acl Get-AuthenticodeSignature Format-Hex Get-ChildItem Get-Item Test-Path Resolve-Path Convert-Path Unblock-File Get-PfxCertificate',
    paths('read', 'TotalCount Head Tail Delimiter Algorithm Name PathType First'),
  ],
  ['Select-String', 'Pattern Path=read | LiteralPath=read Include Exclude Encoding Context InputObject < ignore'],
  [
    'Set-Content Add-Content Clear-Content Set-Item Clear-Item Set-Acl',
    `Path=write Value | LiteralPath=write Filter Include Exclude Encoding Stream AclObject`,
  ],
  [
    'Out-File Export-Csv Export-Clixml Start-Transcript Export-PfxCertificate Export-Certificate Export-Alias',
    'FilePath=write Encoding | Path=write LiteralPath=write InputObject Delimiter Width Password OutputDirectory',
  ],
  ['Tee-Object', 'FilePath=write | LiteralPath=write Variable InputObject'],
  ['Remove-Item Clear-RecycleBin', paths('delete')],
  ['New-Item', 'Path=write ItemType | Name Value Type Target=read'],
  [
    'Copy-Item Expand-Archive Compress-Archive',
    'Path=read Destination=write | LiteralPath=read DestinationPath=write Filter Include Exclude CompressionLevel ToSession FromSession < read',
  ],
  ['Move-Item Rename-Item', 'Path=delete Destination=write | LiteralPath=delete NewName Filter Include Exclude < delete'],
  ['Set-ItemProperty New-ItemProperty', 'Path=write Name Value | LiteralPath=write PropertyType Type'],
  ['Remove-ItemProperty Clear-ItemProperty Rename-ItemProperty', 'Path=delete Name | LiteralPath=delete NewName'],
  ['New-PSDrive', 'Name PSProvider Root=read | Scope Description Credential'],
  // The network.
  [
    'Invoke-WebRequest Invoke-RestMethod',
    'Uri=address | Method Body OutFile=write InFile=read Headers ContentType UserAgent Form Proxy=address WebSession SessionVariable TimeoutSec MaximumRedirection Token Authentication Credential CustomMethod Certificate CertificateThumbprint ProxyCredential TransferEncoding',
  ],
  ['Start-BitsTransfer', 'Source=address Destination=write | DisplayName TransferType Priority Credential'],
  [
    'Test-NetConnection Test-Connection Resolve-DnsName Test-WSMan',
    'ComputerName=host | TargetName=host Name=host Port Server=host Count Type',
  ],
  [
    'Enter-PSSession New-PSSession Connect-PSSession',
    'ComputerName=host | HostName=host UserName KeyFilePath=read Credential Port ConfigurationName ContainerId VMName',
  ],
  [
    'Send-MailMessage',
    'To=recipient Subject Body | From Cc=recipient Bcc=recipient SmtpServer=host Attachments=read Credential Port < read',
  ],
  ['New-WebServiceProxy', 'Uri=address'],
  ['Connect-VpnS2SInterface Add-VpnConnection', 'Name ServerAddress=host'],
  // Running code.
  ['Invoke-Expression', 'Command=code < code'],
  [
    'Invoke-Command',
    'ScriptBlock=block | ComputerName=host HostName=host Session FilePath=script ArgumentList Credential Port ConfigurationName',
  ],
  ['Start-Job Start-ThreadJob', 'ScriptBlock=block | FilePath=script InitializationScript=block ArgumentList Name'],
  [
    'ForEach-Object',
    'Process=block | Begin=block End=block Parallel=block MemberName RemainingScripts=block ThrottleLimit InputObject ArgumentList',
  ],
  ['Where-Object', 'FilterScript=block | Property Value InputObject EQ NE Like Match'],
  ['Measure-Command Trace-Command', 'Expression=block | Name'],
  [
    'Register-ObjectEvent Register-EngineEvent Register-CimIndicationEvent Register-WmiEvent Set-PSBreakpoint Register-ArgumentCompleter',
    'InputObject EventName SourceIdentifier Action=block | Class Query ScriptBlock=block',
  ],
  [
    'Start-Process',
    'FilePath=program ArgumentList=arguments | WorkingDirectory Verb RedirectStandardOutput=write RedirectStandardError=write RedirectStandardInput=read WindowStyle Credential',
  ],
  ['Invoke-Item', paths('script')],
  ['Import-Module', 'Name=script | FullyQualifiedName=script Scope Prefix Function Cmdlet RequiredVersion MinimumVersion'],
  [
    'Invoke-WmiMethod Invoke-CimMethod',
    'Class Name ArgumentList=code | ClassName MethodName Arguments=code ComputerName=host Namespace Path',
    'process.exec',
    'calls a method of the system',
  ],
  [
    'Set-WmiInstance New-CimInstance Set-CimInstance',
    'Class Arguments | ClassName Property Namespace ComputerName=host',
    'process.exec',
    'changes an object of the system',
  ],
  ['Invoke-History Invoke-AsyncCommand Enter-PSHostProcess', 'Id', 'process.exec', 'runs what is not in the script'],
  ['Invoke-Sqlcmd', 'Query=sql | InputFile=read ServerInstance=host Database Username Password ConnectionString'],
  // Code that comes in, and what comes back by itself.
  [
    'Install-Module Install-Script Install-Package Install-PSResource Update-Module Save-Module Install-PackageProvider',
    'Name=package | Repository Source=address Scope RequiredVersion MinimumVersion ProviderName Path=write Credential',
  ],
  [
    'Register-PSRepository Set-PSRepository Register-PackageSource Register-PSResourceRepository',
    'Name SourceLocation=address | Location=address Uri=address InstallationPolicy PublishLocation ProviderName',
    'code.install',
    'changes where packages come from',
  ],
  [
    'Add-AppxPackage Add-WindowsPackage Install-WindowsFeature Enable-WindowsOptionalFeature Add-WindowsCapability',
    'Path=read Name | FeatureName Register=read PackagePath=read',
    'code.install',
    'installs a feature or program',
  ],
  ['Publish-Module Publish-Script Publish-PSResource', 'Path=read | Name Repository NuGetApiKey', 'code.publish', 'publishes a module'],
  ['New-ScheduledTaskAction New-JobTrigger', 'Execute=program Argument=arguments | WorkingDirectory At'],
  // Who may do what.
  [
    'New-LocalUser Set-LocalUser Enable-LocalUser New-ADUser Set-ADAccountPassword Enable-ADAccount Unlock-ADAccount',
    'Name=ignore | Password Identity',
    'identity.grant',
    'changes who may log in',
  ],
  [
    'Add-LocalGroupMember Add-ADGroupMember Add-ADPrincipalGroupMembership',
    'Group Member | Identity Members',
    'identity.grant',
    'changes who belongs to a group',
  ],
  [
    'Remove-LocalUser Disable-LocalUser Remove-LocalGroupMember Remove-LocalGroup New-LocalGroup Rename-LocalUser Remove-ADUser Disable-ADAccount',
    'Name | Group Member Identity',
    'identity.grant',
    'changes who may log in',
  ],
  [
    'Grant-SmbShareAccess New-SmbShare Add-MailboxPermission Grant-ADAuthenticationPolicySiloAccess',
    'Name Path=read | AccountName FullAccess ReadAccess',
    'identity.grant',
    'gives others access',
  ],
  ['Enable-PSRemoting Set-WSManQuickConfig Enable-RemoteDesktop', 'Name', 'net.listen', 'lets other machines in'],
  [
    'ConvertFrom-SecureString Get-Clipboard Get-Secret Get-StoredCredential Get-VaultCredential Get-AzAccessToken Unprotect-CmsMessage',
    'Name | SecureString InputObject Key Vault',
    'secret.read',
    'shows a stored secret',
  ],
  ['Get-Credential ConvertTo-SecureString Set-Clipboard Set-Secret Protect-CmsMessage', 'String | UserName Message Key Value Name'],
  // The machine and its defences.
  [
    'Set-MpPreference Add-MpPreference Remove-MpPreference',
    'Name | ExclusionPath ExclusionProcess ExclusionExtension DisableRealtimeMonitoring MAPSReporting SubmitSamplesConsent ThreatIDDefaultAction_Actions ThreatIDDefaultAction_Ids AttackSurfaceReductionRules_Ids AttackSurfaceReductionRules_Actions DisableBehaviorMonitoring DisableIOAVProtection DisableScriptScanning DisableIntrusionPreventionSystem',
    'device.actuate',
    'changes the protection of the system',
  ],
  [
    'Set-NetFirewallProfile Set-NetFirewallRule New-NetFirewallRule Remove-NetFirewallRule Disable-NetFirewallRule Enable-NetFirewallRule',
    'Name | Profile Enabled DisplayName Direction Action LocalPort Protocol RemoteAddress Program DefaultInboundAction',
    'device.actuate',
    'changes the firewall',
  ],
  [
    'Clear-EventLog Remove-EventLog Limit-EventLog Uninstall-WindowsFeature Disable-WindowsOptionalFeature Disable-ComputerRestore Disable-BitLocker Unregister-ScheduledTask Disable-ScheduledTask',
    'LogName | Name FeatureName TaskName',
    'device.actuate',
    'removes a protection or record of the system',
  ],
  [
    'Restart-Computer Stop-Computer Format-Volume Clear-Disk Initialize-Disk Remove-Partition Reset-ComputerMachinePassword Restore-Computer Set-Date Set-TimeZone Rename-Computer Add-Computer Remove-Computer Checkpoint-Computer Suspend-Computer',
    'Name | DriveLetter Number ComputerName=host DomainName NewName',
    'device.actuate',
    'acts on the machine itself',
  ],
  [
    'Set-DnsClientServerAddress Set-NetIPAddress New-NetIPAddress New-NetRoute Disable-NetAdapter Set-NetConnectionProfile',
    'InterfaceAlias | ServerAddresses IPAddress InterfaceIndex',
    'device.actuate',
    'changes the network of the machine',
  ],
  [
    'Stop-Process Stop-Service Restart-Service Start-Service Suspend-Service Resume-Service',
    'Name | Id InputObject DisplayName',
    'process.exec',
    'starts or stops what runs',
  ],
]

function rowOf([, shape, effectClass, detail]: Source): CmdletRow {
  const [named = '', input = 'ignore'] = shape.split('<').map((part) => part.trim())
  const [positional = '', others = ''] = named.split('|')
  const parameters = new Map<string, CmdletRole>()
  const read = (text: string): readonly string[] =>
    text
      .split(' ')
      .filter(Boolean)
      .map((word) => {
        const [name = '', role = 'ignore'] = word.split('=')
        if (!parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), role as CmdletRole)
        return name.toLowerCase()
      })
  const order = read(positional)
  read(others)
  return {
    parameters,
    positional: order,
    input: input as CmdletRole,
    does: effectClass === undefined ? undefined : { class: effectClass, detail: detail ?? '' },
  }
}

/** By lower-case name. */
export const CMDLETS: ReadonlyMap<string, CmdletRow> = new Map(
  SOURCES.flatMap((source) => {
    const row = rowOf(source)
    return source[0].split(' ').map((name) => [name.toLowerCase(), row] as const)
  }),
)
