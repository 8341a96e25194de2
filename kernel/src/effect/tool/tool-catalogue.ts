/** Tools whose effects are known: those built into coding agents and those of well-known MCP servers. Data. */

import { remembered } from '../place/remembered.ts'

/**
 * One use of arguments. `fs.*`, `net.egress` and the other effect classes name the effect; `fetch` is egress that sends
 * nothing but the address; `move` reads and deletes the first argument and writes the second; `editor` reads or writes by
 * its `command`; `shell`, `powershell`, `cmd`, `patch` and `foreign` are text to be read further; `resource` is a URI that the server itself serves unless its scheme leads to the
 * network or a file; `none` is no effect.
 */
export interface ToolUse {
  readonly what: string
  /** Argument keys, the first one present counts. Empty: the tool itself is the target. */
  readonly keys: readonly string[]
}

export interface ToolRow {
  readonly uses: readonly ToolUse[]
  /** Known only when the call has no other arguments than these. */
  readonly only: ReadonlySet<string> | undefined
  readonly certainty: 'certain' | 'likely'
}

type Source = readonly [names: string, uses: string, only?: string]

const PATH = 'file_path|path|filePath|absolute_path|notebook_path|target_file|relative_workspace_path|filename|file|uri'

/** Built into coding agents. Names are compared in lower case without `-` and `_`. */
const BUILT_IN: readonly Source[] = [
  [
    'Bash shell run_command exec_command run_shell_command execute_command execute_bash run_terminal_cmd run_in_terminal terminal local_shell container.exec sh zsh exec execute_shell shell_command bash_tool run_bash terminal_execute open_terminal',
    'shell:command|cmd|script|commandLine|CommandLine|input|code',
  ],
  [
    'PowerShell pwsh run_powershell execute_powershell powershell_command run_powershell_command invoke_powershell execute_powershell_command',
    'powershell:command|cmd|script|code|input|script_block|scriptBlock',
  ],
  ['cmd cmd_exe run_cmd execute_cmd run_batch command_prompt execute_batch', 'cmd:command|cmd|script|code|input'],
  ['write_stdin send_input BashInput', 'foreign:chars|input|text|data'],
  [
    'exec_js run_code execute_code code_interpreter python ipython execute_python run_python jupyter_execute repl',
    'foreign:code|script|command|input|source',
  ],
  [
    'BashOutput KillShell KillBash TaskOutput TaskStop TodoWrite TodoRead todo_write update_plan ExitPlanMode EnterPlanMode AskUserQuestion ask_followup_question attempt_completion think finish submit TaskCreate TaskUpdate TaskList TaskGet ListMcpResources ToolSearch',
    'none',
  ],
  [
    'Read read_file view view_file cat_file open_file NotebookRead read_many_files read_text_file read_media_file read_multiple_files get_file_contents_local ReadFile open',
    `fs.read:${PATH}|paths|include`,
  ],
  [
    'Grep LS grep ls list_dir list_directory list_directory_with_sizes directory_tree search_files grep_search file_search search_file_content codebase_search find_path list_code_usages get_file_info read_lints list_files search_dir find_file',
    `fs.read:path|directory|dir_path|target_directory|relative_workspace_path|dir`,
  ],
  ['Glob glob', 'fs.read:path|directory|dir_path|target_directory|relative_workspace_path|dir pattern:pattern|glob|glob_pattern'],
  ['list_allowed_directories', 'none'],
  // Edits the file that is open.
  ['edit', 'fs.write', 'range new_text start_line end_line replacement_text start end text'],
  // The window that some agents look at files through.
  ['scroll_up scroll_down scroll goto', 'none', 'line_number line n lines amount direction'],
  ['Write write_file create_file save_file WriteFile create_directory mkdir append_file', `fs.write:${PATH}`],
  [
    'Edit MultiEdit NotebookEdit edit_file replace replace_in_file search_replace edit str_replace insert_edit_into_file write_to_file apply_diff multi_edit replace_string_in_file',
    `editor:${PATH}`,
  ],
  ['str_replace_editor str_replace_based_edit_tool text_editor edit_tool file_editor', `editor:${PATH}`],
  ['delete_file remove_file DeleteFile', `fs.delete:${PATH}`],
  ['move_file rename_file', 'move:source|from|old_path|path>destination|to|new_path'],
  ['copy_file', 'fs.read:source|from fs.write:destination|to'],
  ['apply_patch', 'patch:input|patch|command|diff|patchText'],
  [
    'WebFetch web_fetch fetch fetch_url fetch_html fetch_markdown fetch_txt fetch_json read_url read_url_content open_url browse get_url url_context get_webpage scrape_url visit_webpage',
    'fetch:url|urls|prompt|uri|href',
  ],
  ['WebSearch web_search google_web_search search_web brave_web_search tavily_search', 'data.query:query|search_term|q'],
  [
    'Task Agent spawn_agent dispatch_agent new_task delegate_task send_to_agent codebase_investigator',
    'agent.delegate:subagent_type|agent|agent_name|name',
  ],
  // Not tools but what MCP clients ask of a server besides: a resource by its address, a prompt by its name.
  ['resources/read', 'resource:uri'],
  ['prompts/get', 'data.query:name'],
  // Nor these: what a person or a model answers to a question of the server's own.
  ['elicitation/create sampling/createMessage', 'agent.delegate:to', 'to content'],
  // What goes to an agent over A2A, by the names of the protocol.
  ['message/send', 'agent.delegate:agent net.egress:url', 'agent url request'],
  ['tasks/cancel tasks/pushNotificationConfig/delete', 'data.mutate:agent', 'agent task request'],
  ['tasks/get', 'data.query:agent', 'agent task request'],
  ['tasks/pushNotificationConfig/set', 'net.egress:url', 'agent url task request'],
  // What goes to a robot, by the words of rosbridge.
  ['robot/publish robot/advertise robot/call_service robot/send_action_goal', 'device.actuate:device', 'device type message'],
  ['robot/subscribe', 'data.query:device', 'device type message'],
  ['save_memory memory update_memory add_memory store_memory remember', 'memory.write'],
]

/** Well-known MCP servers. */
const SERVERS: readonly Source[] = [
  // everything
  ['echo', 'none', 'message'],
  ['add get_sum', 'none', 'a b'],
  ['get_tiny_image getTinyImage', 'none', ''],
  ['get_annotated_message annotatedMessage', 'none', 'messageType includeImage'],
  ['get_structured_content structuredContent', 'none', 'location'],
  ['get_resource_links getResourceLinks', 'none', 'count'],
  ['get_resource_reference getResourceReference', 'none', 'resourceId resourceType'],
  ['trigger_long_running_operation longRunningOperation', 'none', 'duration steps'],
  ['toggle_simulated_logging toggle_subscriber_updates', 'none', ''],
  ['get_roots_list listRoots', 'none', ''],
  ['get_env printEnv', 'secret.read'],
  ['gzip_file_as_resource', 'fetch:data'],
  // memory
  ['create_entities create_relations add_observations', 'memory.write', 'entities relations observations'],
  ['delete_entities delete_relations delete_observations', 'memory.write', 'entityNames relations deletions'],
  ['read_graph search_nodes open_nodes', 'data.query', 'query names'],
  // time, sequential thinking
  ['get_current_time convert_time', 'none', 'timezone source_timezone target_timezone time'],
  [
    'sequentialthinking',
    'none',
    'thought nextThoughtNeeded thoughtNumber totalThoughts isRevision revisesThought branchFromThought branchId needsMoreThoughts',
  ],
  // git
  ['git_status git_diff git_diff_unstaged git_diff_staged git_log git_show git_branch', 'fs.read:repo_path|path'],
  ['git_add git_commit git_checkout git_create_branch git_reset git_init', 'fs.write:repo_path|path'],
  ['git_push', 'code.publish:remote|repo_path'],
  // github
  [
    'get_file_contents search_repositories search_code search_issues search_users list_issues get_issue list_pull_requests get_pull_request get_pull_request_diff get_pull_request_files list_commits get_commit list_branches get_me list_notifications',
    'data.query:repo|query|q',
  ],
  [
    'create_issue update_issue add_issue_comment create_pull_request create_pull_request_review add_comment_to_pending_review update_pull_request',
    'message.send:repo|repository|owner',
  ],
  [
    'create_repository fork_repository push_files create_or_update_file create_branch merge_pull_request create_gist create_release',
    'code.publish:repo|repository|name|owner',
  ],
  // browsers
  ['browser_navigate puppeteer_navigate playwright_navigate goto_page navigate_page new_page', 'fetch:url'],
  [
    'browser_snapshot browser_take_screenshot browser_close browser_resize browser_wait_for browser_console_messages browser_network_requests browser_tab_list browser_hover browser_navigate_back browser_tabs puppeteer_screenshot',
    'none',
  ],
  ['browser_click browser_press_key browser_drag browser_handle_dialog browser_select_option puppeteer_click', 'tool.invoke'],
  ['browser_type browser_fill_form browser_fill puppeteer_fill', 'tool.invoke'],
  [
    'browser_evaluate browser_run_code puppeteer_evaluate playwright_evaluate evaluate_script evaluate_javascript execute_javascript run_javascript browser_execute_script',
    'foreign:function|code|script|expression|javascript',
  ],
  ['browser_file_upload', 'fs.read:paths'],
  // slack, mail
  ['slack_post_message slack_reply_to_thread conversations_add_message', 'message.send:channel_id|channel'],
  [
    'slack_list_channels slack_get_channel_history slack_get_thread_replies slack_get_users slack_get_user_profile conversations_history',
    'data.query:channel_id',
  ],
  ['send_email send_mail gmail_send reply_to_email draft_and_send', 'message.send:to|recipients|recipient|email|cc|bcc'],
  // databases
  ['read_query list_tables describe_table get_schema', 'data.query:table_name|query'],
  ['write_query create_table append_insight', 'data.mutate:query'],
]

/** Where the tools live that a model's provider runs by itself: `provider:` and its name. */
const PROVIDER = 'provider:'

/** How a tool of a provider is to run, as requests say it. */
const HOW =
  'name id max_uses allowed_domains blocked_domains user_location search_context_size filters citations engine max_results mode sources vector_store_ids max_num_results ranking_options environment container memory_limit time_range_filter exclude_domains dynamic_retrieval_config vertex_ai_search file_search_store_names use_cache defer_loading allowed_callers cache_control'

/** What providers of models run by themselves. Whatever says more than how it runs is read as any other call, by whoever named its server. */
const PROVIDED: readonly Source[] = [
  ['web_search google_search google_search_retrieval enterprise_web_search google_maps file_search retrieval', 'data.query', HOW],
  ['tool_search', 'none', HOW],
  [
    'image_generation',
    'none',
    `${HOW} size quality background output_format output_compression moderation partial_images action model input_fidelity`,
  ],
  ['web_fetch url_context', 'net.egress', `${HOW} max_content_tokens`],
  [
    'mcp',
    'net.egress:server_url|url',
    `${HOW} type server_url url server_label server_description require_approval allowed_tools connector_id tool_configuration default_config configs`,
  ],
  // Not a tool but what an application hands to a model.
  ['model/prompt', 'agent.delegate:to', 'to text'],
  // It runs on a machine of the provider, which may or may not reach others.
  ['code_execution code_interpreter shell', 'tool.invoke', HOW],
]

function rows(sources: readonly Source[], certainty: 'certain' | 'likely'): readonly (readonly [string, ToolRow])[] {
  return sources.flatMap(([names, uses, only]) => {
    const row: ToolRow = {
      uses: uses.split(' ').map(parseUse),
      only: only === undefined ? undefined : new Set(only.split(' ').filter(Boolean)),
      certainty,
    }
    return names.split(' ').map((name) => [plainName(name), row] as const)
  })
}

function parseUse(text: string): ToolUse {
  const colon = text.indexOf(':')
  return colon < 0 ? { what: text, keys: [] } : { what: text.slice(0, colon), keys: text.slice(colon + 1).split('|') }
}

/** Spelling differences of the same tool name. */
export function plainName(name: string): string {
  return recall(name, () => name.toLowerCase().replaceAll(/[-_]/g, ''))
}

const recall = remembered<string>()

/** A row with what is asked of it at every call worked out beforehand. */
interface KnownTool {
  readonly row: ToolRow
  readonly behindServer: ToolRow
  readonly wants: ReadonlySet<string>
  readonly optional: boolean
}

function knownTool(row: ToolRow): KnownTool {
  const wants = new Set(row.uses.flatMap((use) => use.keys).flatMap((key) => key.split('>')))
  return { row, behindServer: { ...row, certainty: 'likely' }, wants, optional: row.uses.every((use) => isOptional(use.what)) }
}

const KNOWN: ReadonlyMap<string, KnownTool> = new Map(
  [...rows(SERVERS, 'likely'), ...rows(BUILT_IN, 'certain')].map(([name, row]) => [name, knownTool(row)]),
)

const KNOWN_PROVIDED: ReadonlyMap<string, ToolRow> = new Map(rows(PROVIDED, 'likely'))

/** What is known of a tool by its name, if its arguments fit. A tool behind a server is at most `likely` what its name says. */
export function catalogued(tool: string, server: string | undefined, keys: readonly string[]): ToolRow | undefined {
  if (server?.startsWith(PROVIDER) === true) {
    const provided = KNOWN_PROVIDED.get(plainName(tool))
    if (provided !== undefined && keys.every((key) => provided.only?.has(key) === true)) return provided
  }
  const known = KNOWN.get(plainName(tool))
  if (known === undefined) return undefined
  const { row, behindServer, wants, optional } = known
  if (row.only !== undefined && !keys.every((key) => row.only?.has(key) === true)) return undefined
  if (wants.size > 0 && keys.length > 0 && !keys.some((key) => wants.has(key)) && (!optional || keys.some((key) => IDENTIFIES.test(key))))
    return undefined
  return server === undefined ? row : behindServer
}

/** What names an entry of some application: whoever is given one does not work on files or places. */
const IDENTIFIES = /^(?:id|uid|guid|uuid)$|[a-z]I[dD]$|_id$/

/** Uses that mean something even when none of their arguments was given. */
function isOptional(what: string): boolean {
  return (
    what === 'none' ||
    what === 'fs.read' ||
    what === 'data.query' ||
    what === 'agent.delegate' ||
    what === 'message.send' ||
    what === 'code.publish'
  )
}
