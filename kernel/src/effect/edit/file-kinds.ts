/** Files whose lines run, or choose what runs, without anyone starting them. Data. */

/**
 * `job`: lines are commands that a build service runs. `manifest`: its lifecycle scripts run at install. `sources`: says where
 * packages come from. `packages`: names packages. `opens`: commands that run when the folder is opened. `hooks`: commands that
 * run at every commit. `setup`: code that runs at install. `build`: says where a build gets what it is made of. `infrastructure`: where
 * what is set up comes from. `image`: what an image is made of. `page`: what whoever opens it runs.
 */
export type FileKind =
  | 'job'
  | 'manifest'
  | 'sources'
  | 'packages'
  | 'opens'
  | 'hooks'
  | 'setup'
  | 'build'
  | 'infrastructure'
  | 'image'
  | 'page'

const ROWS: readonly (readonly [kind: FileKind, pattern: RegExp])[] = [
  [
    'job',
    /(?:^|\/)(?:\.github\/(?:workflows|actions)\/.*|\.gitlab-ci|\.gitlab\/ci\/.*|\.circleci\/.*|\.travis|\.drone|azure-pipelines|bitbucket-pipelines|appveyor|\.appveyor|buildspec|cloudbuild|\.buildkite\/.*|\.woodpecker(?:\/.*)?|\.forgejo\/workflows\/.*|\.gitea\/workflows\/.*|\.[\w-]{2,40}\/(?:[\w.-]{1,40}\/)?(?:pipelines?|workflows?|ci|builds?|deploy)[\w.-]{0,40}|action)\.ya?ml$|(?:^|\/)(?:jenkinsfile|\.cirrus\.yml)$/i,
  ],
  ['manifest', /(?:^|\/)(?:package|composer)\.json$/i],
  [
    'sources',
    /(?:^|\/)(?:\.npmrc|\.yarnrc(?:\.yml)?|\.pnpmrc|bunfig\.toml|pip\.conf|pip\.ini|\.pypirc|\.condarc|nuget\.config|\.cargo\/config(?:\.toml)?|settings\.xml|sources\.list|sources\.list\.d\/.*|\.gemrc|\.bundle\/config|uv\.toml)$/i,
  ],
  [
    'packages',
    /(?:^|\/)(?:requirements[\w.-]*\.(?:txt|in)|constraints[\w.-]*\.txt|pyproject\.toml|pipfile|gemfile|go\.mod|cargo\.toml|environment\.ya?ml|deno\.jsonc?)$/i,
  ],
  [
    'opens',
    /(?:^|\/)(?:\.devcontainer\/(?:.*\/)?devcontainer\.json|\.devcontainer\.json|\.gitpod\.ya?ml|\.idx\/dev\.nix|\.replit|\.envrc|mise\.toml|\.mise\.toml)$/i,
  ],
  [
    'hooks',
    /(?:^|\/)(?:\.pre-commit-config\.ya?ml|lefthook(?:-local)?\.(?:ya?ml|toml|json)|\.lefthook\.ya?ml|\.lintstagedrc(?:\.\w+)?|\.huskyrc(?:\.\w+)?|\.gitattributes|\.gitmodules|\.lfsconfig)$/i,
  ],
  ['setup', /(?:^|\/)(?:setup\.py|conanfile\.py|build\.rs|binding\.gyp|extconf\.rb|hatch_build\.py|noxfile\.py)$/i],
  [
    'build',
    /(?:^|\/)(?:pom\.xml|[\w.-]*\.gradle(?:\.kts)?|build\.sbt|plugins\.sbt|[\w.-]*\.(?:cs|fs|vb)proj|directory\.packages\.props|packages\.config|package\.swift|podfile|mix\.exs|rebar\.config|cmakelists\.txt|[\w.-]*\.cmake|module\.bazel|workspace(?:\.bazel)?|flake\.nix|pubspec\.yaml|ivy\.xml|deps\.edn|project\.clj|stack\.yaml)$/i,
  ],
  ['infrastructure', /(?:\.(?:tf|tofu|hcl)(?:\.json)?|(?:^|\/)(?:chart|helmfile|kustomization|requirements|galaxy)\.ya?ml)$/i],
  [
    'image',
    /(?:^|\/)(?:(?:dockerfile|containerfile)[\w.-]*|[\w.-]*\.dockerfile|(?:docker-)?compose[\w.-]*\.ya?ml|(?:k8s|kubernetes|manifests|deploy(?:ments?)?)\/.*\.ya?ml)$/i,
  ],
  [
    'page',
    /\.(?:html?|xhtml|jsx|tsx|vue|svelte|astro|ejs|hbs|handlebars|pug|jinja2?|twig|erb|mustache|liquid|njk|php|jsp|aspx|cshtml|m?js|ts)$/i,
  ],
]

/** What kind of file a canonical path is; undefined for any other. */
export function fileKind(path: string): FileKind | undefined {
  return HINT.test(path) ? ROWS.find(([, pattern]) => pattern.test(path))?.[0] : undefined
}

/** Text that each of them holds some of. */
const HINT =
  /\.ya?ml$|\.json$|\.jsonc$|\.toml$|\.txt$|\.in$|rc$|\.rc$|\.conf$|\.ini$|\.py$|\.rs$|\.rb$|\.mod$|\.xml$|\.list|\.nix$|\.gyp$|jenkinsfile$|pipfile$|gemfile$|\.config$|config$|\.replit$|\.gitattributes$|\.gitmodules$|rc\.\w+$|\.gradle$|\.kts$|\.sbt$|proj$|\.props$|\.swift$|podfile$|\.exs$|\.cmake$|\.bazel$|workspace$|\.edn$|\.clj$|\.tf$|\.tofu$|\.hcl$|dockerfile|containerfile|\.x?html?$|\.[jt]sx?$|\.mjs$|\.vue$|\.svelte$|\.astro$|\.ejs$|\.hbs$|\.handlebars$|\.pug$|\.jinja2?$|\.twig$|\.erb$|\.mustache$|\.liquid$|\.njk$|\.php$|\.jsp$|\.aspx$|\.cshtml$/i

/** Scripts of a manifest that a package manager runs by itself. */
export const LIFECYCLE =
  /^(?:(?:pre|post)?(?:install|uninstall|pack|publish|version|update-cmd|install-cmd|autoload-dump|package-install|package-update|root-package-install|create-project-cmd)|prepare|prepublishonly|preprepare|postprepare|dependencies)$/i

/** Entries of a manifest that are no commands. */
export const NO_COMMAND =
  /^(?:name|version|description|license|homepage|repository|bugs|author|authors|main|module|types|typings|browser|type|engines|packagemanager|private|keywords|files|exports|imports|url|email|directory|funding|sideeffects|support|docs|issues|source|forum|chat|wiki|readme|minimum-stability|node|npm|pnpm|yarn)$/i
