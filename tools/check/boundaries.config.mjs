/**
 * Who may import whom. One rule, one sentence; the comment is what the offender reads.
 * Stages never import stages: values flow, imports do not. Only the composition roots see more than one stage.
 */

const AGENT_STAGE = '(sense|normalise|decide|act|record|ship|control|guard|posture)'
const HUB_STAGE = '(ingest|learn|correlate|operate|govern|distribute|serve|apps)'
const KERNEL_FOLDER = '(event|effect|provenance|finding|detectors|sequence|trust|intent|session|capability|decision|explain|journal|bundle)'
const OPEN = '(agent/src/sense|agent/src/act|kernel/src/detectors|hub/src/correlate/rules|hub/src/apps)'
const TEST = '[.](test|contract|bench)[.]tsx?$'
/** Entries that something other than an import starts. */
const ENTRY = '(^|/)(index|main)[.]tsx?$|[.]worker[.]ts$|[.]config[.]m?ts$|[.]d[.]ts$'

/** Packages `from` may not touch, whatever package.json says. */
const wall = (from, to, comment) => ({
  name: `${from}-wall`,
  severity: 'error',
  comment,
  from: { path: `^${from}/`, pathNot: TEST },
  to: { path: `^(${to.join('|')})/` },
})

const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

export default {
  forbidden: [
    wall('proto', ['kernel', 'inference', 'agent', 'hub', 'console', 'sdk', 'test', 'bench'], 'The wire contract depends on nothing.'),
    wall(
      'kernel',
      ['proto', 'inference', 'agent', 'hub', 'console', 'sdk', 'test', 'bench'],
      'The decision model depends on nothing, so it can run anywhere.',
    ),
    wall('inference', ['proto', 'agent', 'hub', 'console', 'sdk', 'test', 'bench'], 'Models are loaded and run without knowing who asks.'),
    wall('agent', ['hub', 'console', 'sdk', 'test', 'bench'], 'Agent and hub meet in proto, never in code.'),
    wall('hub', ['agent', 'console', 'sdk', 'test', 'bench'], 'Agent and hub meet in proto, never in code.'),
    wall('sdk', ['proto', 'inference', 'agent', 'hub', 'console', 'test', 'bench'], 'Programs meet the agent on the wire, never in code.'),
    wall('console', ['proto', 'inference', 'agent', 'hub', 'sdk', 'test', 'bench'], 'The console speaks to the hub over the wire.'),

    rule(
      'kernel-is-pure',
      'No Node: the kernel runs in the agent, the hub, a browser and a test.',
      { path: '^kernel/src/', pathNot: TEST },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'kernel-allowlist',
      'Pure libraries only; add one with a reason.',
      { path: '^kernel/src/', pathNot: TEST },
      {
        dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'npm-optional', 'npm-no-pkg'],
        pathNot: 'node_modules/(@cedar-policy/cedar-wasm|fflate|unbash|yaml|zod)/',
      },
    ),
    rule(
      'kernel-cedar-is-injected',
      'The kernel imports Cedar types only; agent and hub hand in the engine.',
      { path: '^kernel/src/', pathNot: TEST },
      { path: 'node_modules/@cedar-policy/', dependencyTypesNot: ['type-only', 'type-import'] },
    ),

    // The kernel reads bottom-up: event < effect < provenance < finding < {detectors, session} < capability < decision < {explain, journal, bundle}.
    rule(
      'kernel-order-event',
      'event is the ground floor.',
      { path: '^kernel/src/event/', pathNot: TEST },
      { path: `^kernel/src/${KERNEL_FOLDER}/`, pathNot: '^kernel/src/event/' },
    ),
    rule(
      'kernel-order-effect',
      'What a call does never depends on who judges it.',
      { path: '^kernel/src/effect/', pathNot: TEST },
      { path: `^kernel/src/${KERNEL_FOLDER}/`, pathNot: '^kernel/src/(event|effect)/' },
    ),
    rule(
      'kernel-order-evidence',
      'Evidence never knows the rules that judge it.',
      { path: '^kernel/src/(provenance|finding|detectors|sequence|trust|intent|session)/', pathNot: TEST },
      { path: '^kernel/src/(capability|decision|explain|journal|bundle)/' },
    ),
    rule(
      'kernel-order-capability',
      'Rules never know the decision that cites them.',
      { path: '^kernel/src/capability/', pathNot: TEST },
      { path: '^kernel/src/(detectors|explain|journal|bundle)/|^kernel/src/decision/decide[.]ts$' },
    ),
    rule(
      'kernel-order-decision',
      'A decision does not know how it is told or kept.',
      { path: '^kernel/src/decision/', pathNot: TEST },
      { path: '^kernel/src/(explain|journal|bundle)/' },
    ),

    rule(
      'agent-stages-do-not-meet',
      'Pass a value through pipeline.ts instead.',
      { path: `^agent/src/${AGENT_STAGE}/`, pathNot: TEST },
      { path: '^agent/src/', pathNot: '^agent/src/($1|platform)/' },
    ),
    rule(
      'hub-stages-meet-in-the-store',
      'Write a fact; let the next stage read it.',
      { path: `^hub/src/${HUB_STAGE}/`, pathNot: `^hub/src/serve/|${TEST}` },
      { path: '^hub/src/', pathNot: '^hub/src/($1|store|platform)/' },
    ),
    rule(
      'serve-sees-faces-only',
      'HTTP reads a stage through its index.ts.',
      { path: '^hub/src/serve/', pathNot: TEST },
      { path: `^hub/src/${HUB_STAGE}/`, pathNot: '^hub/src/(serve/|[^/]+/index[.]ts$)' },
    ),
    rule(
      'only-ingest-appends',
      'Facts have one writer.',
      { path: '^hub/src/', pathNot: `^hub/src/(ingest|store)/|^hub/src/hub[.]ts$|${TEST}` },
      { path: '^hub/src/store/append[.]ts$' },
    ),
    rule(
      'platform-is-the-floor',
      'platform serves every stage and knows none.',
      { path: '^(agent|hub)/src/platform/', pathNot: TEST },
      { path: '^(agent|hub)/src/', pathNot: '^(agent|hub)/src/platform/' },
    ),
    rule(
      'store-is-below-stages',
      'The store keeps facts; it knows nobody who reads them.',
      { path: '^hub/src/store/', pathNot: TEST },
      { path: '^hub/src/', pathNot: '^hub/src/(store|platform)/' },
    ),
    rule(
      'config-sees-faces-only',
      'config gathers each stage schema from its index.ts.',
      { path: '^(agent|hub)/src/config/', pathNot: TEST },
      { path: '^(agent|hub)/src/', pathNot: '^(agent|hub)/src/(config/|platform/|[^/]+/index[.]ts$)' },
    ),
    rule(
      'roots-are-not-imported',
      'The composition roots see everything, so nothing a stage needs may live there.',
      { path: '^(agent|hub)/src/[^/]+/', pathNot: `^(agent|hub)/src/commands/|${TEST}` },
      {
        path: '^(agent|hub)/src/(main|agent|hub|pipeline)[.]ts$',
      },
    ),
    rule(
      'every-folder-is-known',
      'A new folder needs a rule here before it needs code.',
      {
        path: '^(agent|hub|kernel)/src/[^/]+/',
        pathNot: `^agent/src/(${AGENT_STAGE}|commands|config|platform)/|^hub/src/(${HUB_STAGE}|store|commands|config|platform)/|^kernel/src/${KERNEL_FOLDER}/`,
      },
      {},
    ),

    rule(
      'members-do-not-meet',
      'One folder per sensor, responder, detector or app. Share through the parent.',
      { path: `^${OPEN}/([^/]+)/` },
      { path: '^$1/[^/]+/', pathNot: '^$1/$2/' },
    ),
    rule(
      'members-do-not-know-the-list',
      'The list imports members; members import the port.',
      { path: `^${OPEN}/[^/]+/` },
      { path: '^$1/index[.]ts$' },
    ),

    rule(
      'wire-stays-at-the-edge',
      'Generated types stop at a wire.ts file.',
      { path: '^(agent|hub|console|kernel)/', pathNot: `/wire[.]ts$|${TEST}` },
      { path: '^proto/' },
    ),
    rule(
      'no-test-in-product',
      'Product code never imports a test.',
      { path: '^(proto|kernel|inference|agent|hub|console)/', pathNot: TEST },
      { path: TEST },
    ),
    rule('no-cycles', 'Type-only cycles count.', {}, { circular: true }),
    rule(
      'no-orphans',
      'Nobody imports this file.',
      { orphan: true, path: '^(proto|kernel|inference|agent|hub|console)/', pathNot: `${ENTRY}|${TEST}` },
      {},
    ),
    rule('resolvable', 'Use the exports map.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts', '.json'],
    },
  },
}
