//! A short name for a server, from the command that starts it: what the machine's owner wrote, not what the server claims.

const LAUNCHERS: [&str; 26] = [
    "node", "nodejs", "npx", "npm", "pnpm", "yarn", "bun", "bunx", "deno", "uv", "uvx", "pipx", "docker", "podman", "cmd", "sh", "bash",
    "env", "tsx", "ts-node", "exec", "run", "x", "dlx", "tool", "python",
];
const EXTENSIONS: [&str; 9] = [".exe", ".cmd", ".js", ".mjs", ".cjs", ".ts", ".mts", ".py", ".sh"];
const LONGEST: usize = 64;

/// `npx -y @modelcontextprotocol/server-filesystem@2026.8.31 /data` is `filesystem`.
pub fn server_name(command: &[String]) -> String {
    let words = || command.iter().map(String::as_str).filter(|word| !word.is_empty() && !word.starts_with('-'));
    let found = words().find(|word| !is_launcher(&base(word))).or_else(|| words().next()).unwrap_or("server");
    match shortened(&package(found)) {
        name if name.is_empty() => "server".to_owned(),
        name => name,
    }
}

fn is_launcher(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let version = name.strip_prefix("python").unwrap_or("x");
    LAUNCHERS.contains(&name.as_str()) || version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// The package's name when the word is a path into one, else its last part without version and extension.
fn package(word: &str) -> String {
    let path = word.replace('\\', "/");
    if let Some((_, inside)) = path.rsplit_once("/node_modules/") {
        let mut parts = inside.split('/');
        let first = parts.next().unwrap_or_default();
        let name =
            if first.len() > 1 && first.starts_with('@') { parts.next().filter(|part| !part.is_empty()).unwrap_or(first) } else { first };
        if !name.is_empty() {
            return name.to_owned();
        }
    }
    match path.rsplit_once('@') {
        Some((name, version)) if !name.is_empty() && !version.contains('/') => base(name),
        _ => base(&path),
    }
}

fn base(word: &str) -> String {
    let path = word.replace('\\', "/");
    let last = path.split('/').rfind(|part| !part.is_empty()).unwrap_or(word);
    let lower = last.to_ascii_lowercase();
    let extension = EXTENSIONS.iter().find(|extension| lower.ends_with(**extension)).map_or(0, |extension| extension.len());
    last[..last.len() - extension].to_owned()
}

fn shortened(name: &str) -> String {
    let lower = name.to_lowercase();
    let short = ["mcp-server-", "server-", "mcp-"].iter().find_map(|prefix| lower.strip_prefix(prefix)).unwrap_or(&lower);
    let short = ["-mcp-server", "-mcp", "-server"].iter().find_map(|suffix| short.strip_suffix(suffix)).unwrap_or(short);
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '-');
    let units = short.chars().flat_map(|letter| if plain(letter) { vec![letter] } else { vec!['-'; letter.len_utf16()] });
    units.take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_servers_as_the_other_front_end_does() {
        for (command, name) in [
            ("npx -y @modelcontextprotocol/server-filesystem@2026.8.31 /data", "filesystem"),
            ("node /x/node_modules/@modelcontextprotocol/server-memory/dist/index.js", "memory"),
            ("uvx mcp-server-git --repository .", "git"),
            ("/usr/local/bin/github-mcp-server stdio", "github"),
            ("C:\\tools\\weather.exe", "weather"),
            ("node ./build/my-server.mjs", "my"),
            ("docker run -i --rm mcp/fetch", "fetch"),
            ("python3.11 -m srv.py", "srv"),
            ("", "server"),
        ] {
            let words: Vec<String> = command.split(' ').map(str::to_owned).collect();
            assert_eq!(server_name(&words), name, "{command}");
        }
    }
}
