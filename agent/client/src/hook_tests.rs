use super::*;
use std::env;
use std::path::PathBuf;

fn folder(name: &str) -> PathBuf {
    let folder = env::temp_dir().join(format!("assize-client-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn hook(folder: &std::path::Path, input: &str) -> Outcome {
    hook_of("claude-code", folder, input)
}

fn hook_of(client: &str, folder: &std::path::Path, input: &str) -> Outcome {
    let host = Host::of(crate::hosts::known(client).unwrap());
    let file = folder.join("input");
    fs::write(&file, input).unwrap();
    run(&host, &State::locate(folder.to_str()), Duration::from_millis(300), File::open(file).unwrap())
}

#[test]
fn blocks_what_could_do_something_while_no_agent_answers() {
    let folder = folder("block");
    let outcome = hook(&folder, r#"{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"touch x"}}"#);
    let stdout = String::from_utf8(outcome.stdout).unwrap();
    assert!(stdout.contains(r#""permissionDecision":"deny","permissionDecisionReason":"Blocked by Assize: Bash did not run"#), "{stdout}");
    assert!(stdout.contains("assize agent") && outcome.stderr.starts_with("Blocked by Assize: Bash") && outcome.exit == 0);
    let asked = hook(&folder, r#"{"hook_event_name":"PermissionRequest","tool_name":"Bash"}"#);
    assert!(String::from_utf8(asked.stdout).unwrap().contains(r#""decision":{"behavior":"deny""#));
}

#[test]
fn lets_looking_go_on_and_writes_it_down_without_its_arguments() {
    let folder = folder("look");
    let outcome =
        hook(&folder, r#"{"session_id":"s1","hook_event_name":"PreToolUse","tool_name":"Read","tool_input":{"file_path":"/secret"}}"#);
    assert_eq!(outcome, Outcome { stdout: b"{}\n".to_vec(), stderr: String::new(), exit: 0 });
    let spooled = fs::read_to_string(folder.join("unjudged.jsonl")).unwrap();
    let line = json::read(spooled.trim_end().as_bytes()).unwrap();
    assert_eq!(
        (line.text("tool").as_deref(), line.text("session").as_deref(), line.text("gate").as_deref()),
        (Some("Read"), Some("s1"), Some("claude-code"))
    );
    assert!(line.whole("at").is_some() && !spooled.contains("/secret"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(folder.join("unjudged.jsonl")).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn exits_2_with_a_reason_on_input_that_is_none() {
    let folder = folder("broken");
    let deep = "[".repeat(100_000);
    for input in ["", "{", "{}", "[]", &deep, "\0\u{fffd}", r#"{"hook_event_name":"PreToolUse"}"#] {
        let outcome = hook(&folder, input);
        assert_eq!(outcome.exit, BLOCK);
        assert!(outcome.stderr.starts_with("Blocked by Assize: ") && outcome.stderr.matches('\n').count() == 1);
        assert!(json::read(&outcome.stdout).is_ok());
    }
}

/// A call that does something and one that looks, as each host tells them.
const CALLS: [(&str, &str, &str, &str); 12] = [
    (
        "claude-code",
        r#"{"hook_event_name":"PreToolUse","tool_name":"Bash"}"#,
        r#"{"hook_event_name":"PreToolUse","tool_name":"Read"}"#,
        "\"deny\"",
    ),
    (
        "codex",
        r#"{"hook_event_name":"PreToolUse","tool_name":"Bash"}"#,
        r#"{"hook_event_name":"PreToolUse","tool_name":"update_plan"}"#,
        "\"deny\"",
    ),
    ("gemini", r#"{"hook_event_name":"BeforeTool","tool_name":"x"}"#, r#"{"hook_event_name":"BeforeTool","tool_name":"glob"}"#, "\"deny\""),
    (
        "cursor",
        r#"{"hook_event_name":"beforeShellExecution","command":"x"}"#,
        r#"{"hook_event_name":"beforeReadFile","file_path":"x"}"#,
        "\"deny\"",
    ),
    ("copilot", r#"{"toolName":"bash","toolArgs":{}}"#, r#"{"toolName":"view","toolArgs":{}}"#, "\"deny\""),
    ("windsurf", r#"{"agent_action_name":"pre_write_code"}"#, r#"{"agent_action_name":"pre_read_code"}"#, ""),
    (
        "cline",
        r#"{"hookName":"PreToolUse","preToolUse":{"toolName":"x"}}"#,
        r#"{"hookName":"PreToolUse","preToolUse":{"toolName":"read_file"}}"#,
        "\"cancel\":true",
    ),
    ("goose", r#"{"event":"PreToolUse","tool_name":"x"}"#, r#"{"event":"PreToolUse","tool_name":"developer__tree"}"#, "\"block\""),
    (
        "droid",
        r#"{"hook_event_name":"PreToolUse","tool_name":"Execute"}"#,
        r#"{"hook_event_name":"PreToolUse","tool_name":"Read"}"#,
        "\"deny\"",
    ),
    (
        "opencode",
        r#"{"hook_event_name":"tool.execute.before","tool_name":"bash"}"#,
        r#"{"hook_event_name":"tool.execute.before","tool_name":"read"}"#,
        "\"deny\"",
    ),
    (
        "openclaw",
        r#"{"hook_event_name":"before_tool_call","tool_name":"exec"}"#,
        r#"{"hook_event_name":"before_tool_call","tool_name":"read"}"#,
        "\"deny\"",
    ),
    (
        "kiro",
        r#"{"hook_event_name":"preToolUse","tool_name":"execute_bash"}"#,
        r#"{"hook_event_name":"preToolUse","tool_name":"fs_read"}"#,
        "",
    ),
];

#[test]
fn answers_every_host_in_its_own_words_while_no_agent_answers() {
    let folder = folder("hosts");
    for (client, doing, looking, no) in CALLS {
        let host = Host::of(crate::hosts::known(client).unwrap());
        let refused = hook_of(client, &folder, doing);
        let stdout = String::from_utf8(refused.stdout).unwrap();
        assert!(stdout.contains(no) && refused.stderr.contains("did not run"), "{client}: {stdout}");
        assert!(!stdout.contains("$reason") && (refused.exit == BLOCK || json::read(stdout.as_bytes()).is_ok()), "{client}");
        let passed = hook_of(client, &folder, looking);
        assert_eq!((passed.exit, passed.stdout), (0, host.quiet.clone().into_bytes()), "{client}");
        assert_eq!(hook_of(client, &folder, "{}").exit, BLOCK, "{client}");
    }
    let elsewhere = hook_of("gemini", &folder, r#"{"hook_event_name":"BeforeTool","tool_name":"glob","mcp_context":{"server_name":"s"}}"#);
    assert!(elsewhere.stderr.contains("did not run"));
}

#[cfg(unix)]
mod with_a_socket {
    use super::*;
    use std::io::Read;
    use std::os::unix::net::UnixListener;
    use std::thread;

    /// Answers one connection as told, after having read both frames.
    fn agent(name: &str, answer: impl FnOnce(&mut Vec<u8>) + Send + 'static) -> PathBuf {
        let folder = folder(name);
        fs::write(folder.join("agent.token"), "secret").unwrap();
        let listener = UnixListener::bind(folder.join("agent.sock")).unwrap();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let (mut reader, mut seen) = (FrameReader::default(), 0);
            while seen < 2 {
                let length = stream.read(reader.room()).unwrap();
                reader.filled(length);
                while let Ok(Some(_)) = reader.next() {
                    seen += 1;
                }
            }
            let mut wire = Vec::new();
            answer(&mut wire);
            stream.write_all(&wire).unwrap();
            thread::sleep(Duration::from_secs(2));
        });
        folder
    }

    #[test]
    fn does_not_wait_for_input_that_never_ends() {
        let (_open, end) = std::os::unix::net::UnixStream::pair().unwrap();
        let started = Instant::now();
        let outcome = run(
            &Host::of("claude-code"),
            &State::locate(folder("endless").to_str()),
            Duration::from_millis(300),
            File::from(std::os::fd::OwnedFd::from(end)),
        );
        assert!(outcome.exit == BLOCK && started.elapsed() < Duration::from_secs(3));
    }

    const CALL: &str = r#"{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{}}"#;

    #[test]
    fn prints_what_the_agent_answers() {
        let folder = agent("answer", |wire| {
            frame::put(wire, frame::WELCOME, "{}", b"");
            frame::put(wire, frame::ANSWER, r#"{"id":1,"action":"reply","exit":0,"stderr":"no"}"#, b"{\"a\":1}\n");
        });
        assert_eq!(hook(&folder, CALL), Outcome { stdout: b"{\"a\":1}\n".to_vec(), stderr: "no\n".to_owned(), exit: 0 });
    }

    #[test]
    fn blocks_when_the_agent_hangs_refuses_fails_or_speaks_nonsense() {
        let hangs = agent("hangs", |_| ());
        let refuses =
            agent("refuses", |wire| frame::put(wire, frame::REFUSED, r#"{"text":"The token is not that of this agent start."}"#, b""));
        let fails = agent("fails", |wire| frame::put(wire, frame::ANSWER, r#"{"id":1,"action":"failed","why":"x"}"#, b""));
        let nonsense = agent("nonsense", |wire| wire.extend_from_slice(b"HTTP/1.1 200 OK\r\n\r\n"));
        for (folder, why) in [(hangs, "in time"), (refuses, "token"), (fails, "not understood"), (nonsense, "protocol")] {
            let outcome = hook(&folder, CALL);
            let stdout = String::from_utf8(outcome.stdout).unwrap();
            assert!(stdout.contains("\"deny\"") && stdout.contains(why), "{stdout}");
        }
    }
}
