/** An agent that speaks A2A with the protocol's own server library, in both bindings, and remembers what it was handed. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AgentCard, type AgentCardSignatureGenerator, Message, SendMessageRequest, Task, TaskState } from '@a2a-js/sdk'
import {
  AgentEvent,
  type AgentExecutor,
  DefaultPushNotificationSender,
  DefaultRequestHandler,
  type ExecutionEventBus,
  InMemoryPushNotificationStore,
  InMemoryTaskStore,
  type RequestContext,
} from '@a2a-js/sdk/server'
import { agentCardHandler, jsonRpcHandler, restHandler, UserBuilder } from '@a2a-js/sdk/server/express'
import express from 'express'

export interface TravelAgent {
  readonly url: string
  /** Texts of the messages that reached it. */
  readonly handed: string[]
  /** Of the requests that brought them. */
  readonly headers: IncomingHttpHeaders[]
  /** What it says to the next message. */
  answer: string
  describe(description: string): void
  close(): Promise<void>
}

/** Starts it on a free port. A message that begins with `task` is worked on step by step; others are answered at once. */
export async function startTravelAgent(sign?: AgentCardSignatureGenerator, version: '1.0' | '0.3' = '1.0'): Promise<TravelAgent> {
  const app = express()
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const [handed, headers]: [string[], IncomingHttpHeaders[]] = [[], []]
  const agent = { url, handed, headers, answer: 'The train leaves at 9.14.' }
  let card = cardOf(url, 'Plans journeys by rail', version)
  const executor: AgentExecutor = {
    async execute(context, bus) {
      const text = textOf(context)
      handed.push(text)
      if (text.startsWith('task')) work(context, bus, agent.answer)
      else bus.publish(AgentEvent.message(message(context.contextId, agent.answer)))
      bus.finished()
    },
    async cancelTask(_task, bus) {
      bus.finished()
    },
  }
  const pushes = new InMemoryPushNotificationStore()
  const requestHandler = new DefaultRequestHandler(
    card,
    new InMemoryTaskStore(),
    executor,
    undefined,
    pushes,
    new DefaultPushNotificationSender(pushes),
    undefined,
    sign,
  )
  app.use((request, _response, next) => {
    if (request.method === 'POST') headers.push(request.headers)
    next()
  })
  app.use('/.well-known/agent-card.json', agentCardHandler({ agentCardProvider: async () => (sign === undefined ? card : sign(card)) }))
  app.use(
    '/rpc',
    jsonRpcHandler({ requestHandler, userBuilder: UserBuilder.noAuthentication, legacyCompat: { enabled: version === '0.3' } }),
  )
  app.use('/rest', restHandler({ requestHandler, userBuilder: UserBuilder.noAuthentication, legacyCompat: { enabled: version === '0.3' } }))
  return Object.assign(agent, {
    describe: (description: string) => (card = cardOf(url, description, version)),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

function cardOf(url: string, description: string, version: string): AgentCard {
  return AgentCard.fromJSON({
    name: 'Travel',
    description,
    version: '1.0.0',
    capabilities: { streaming: true, pushNotifications: true },
    defaultInputModes: ['text/plain'],
    defaultOutputModes: ['text/plain'],
    skills: [{ id: 'plan', name: 'Plan', description: 'Plans a journey by rail', tags: ['travel'] }],
    supportedInterfaces: [
      { url: `${url}/rpc`, protocolBinding: 'JSONRPC', protocolVersion: version },
      { url: `${url}/rest`, protocolBinding: 'HTTP+JSON', protocolVersion: version },
    ],
  })
}

function textOf({ userMessage }: RequestContext): string {
  return userMessage.parts.map(({ content }) => (content?.$case === 'text' ? content.value : '')).join('\n')
}

function message(contextId: string, text: string): Message {
  return Message.fromJSON({ messageId: `m-${Math.random()}`, role: 'ROLE_AGENT', contextId, parts: [{ text }] })
}

function work({ taskId, contextId }: RequestContext, bus: ExecutionEventBus, answer: string): void {
  bus.publish(AgentEvent.task(Task.fromJSON({ id: taskId, contextId, status: { state: 'TASK_STATE_WORKING' } })))
  const artifact = {
    artifactId: 'a',
    name: 'plan',
    description: '',
    parts: message(contextId, answer).parts,
    metadata: undefined,
    extensions: [],
  }
  bus.publish(AgentEvent.artifactUpdate({ taskId, contextId, artifact, append: false, lastChunk: true, metadata: undefined }))
  const status = { state: TaskState.TASK_STATE_COMPLETED, message: undefined, timestamp: undefined }
  bus.publish(AgentEvent.statusUpdate({ taskId, contextId, status, metadata: undefined }))
}

/** A message of a person's program. */
export function ask(text: string): SendMessageRequest {
  return SendMessageRequest.fromJSON({ message: { messageId: `q-${Math.random()}`, role: 'ROLE_USER', parts: [{ text }] } })
}
