import { z } from 'zod'

const ROBOT = /^[A-Za-z0-9][\w.-]{0,99}$/
/** As ROS writes names, from the root. */
const NAME = /^(?:\/[A-Za-z][A-Za-z0-9_]*){1,20}$/
const TYPE = /^[A-Za-z]\w*(?:\/(?:msg|srv|action))?\/[A-Za-z]\w*$/
const WAY = /^[A-Za-z]\w*(?:\[\])?(?:\.[A-Za-z]\w*(?:\[\])?){0,20}$/

const bounds = z
  .strictObject({ min: z.number(), max: z.number(), unit: z.string().max(40).optional() })
  .refine(({ min, max }) => min <= max, 'must not be larger than max')

const allowed = {
  /** Bounds of numbers by the way to them, such as `linear.x` or `points[].velocities[]`. */
  fields: z.record(z.string().max(300).regex(WAY), bounds).default({}),
  /** Numbers without bounds: 0 and nothing else, or any. */
  others: z.enum(['zero', 'any']).default('zero'),
  /** Most of them in a second. */
  perSecond: z.number().int().min(1).max(1000).default(20),
}

const topic = z
  .strictObject({
    type: z.string().max(200).regex(TYPE),
    ...allowed,
    /** Message that makes the machine stop. */
    stop: z.record(z.string(), z.json()).optional(),
    /** Milliseconds that a message counts; when no other follows, the machine is stopped. */
    holdMs: z.number().int().min(20).max(600_000).optional(),
  })
  .refine(({ stop, holdMs }) => holdMs === undefined || stop !== undefined, 'holdMs needs a stop message')

const called = z.strictObject({ type: z.string().max(200).regex(TYPE).optional(), ...allowed })
const byName = <Entry extends z.ZodType>(entry: Entry) => z.record(z.string().max(300).regex(NAME), entry).default({})

/** `sense.robot` in the agent's configuration. */
export const robotConfigSchema = z.strictObject({
  /** Port on 127.0.0.1; absent: no gate. */
  port: z.number().int().min(0).max(65_535).optional(),
  /** Web origins that may connect from a browser, exactly as browsers send them. */
  origins: z.array(z.string().max(300)).max(100).default([]),
  /** Robots by the name that policies and people know them by. */
  robots: z
    .record(
      z.string().regex(ROBOT),
      z.strictObject({
        /** Its rosbridge server. */
        url: z.url({ protocol: /^wss?$/ }),
        /** Topics that may be published to. */
        publish: byName(topic),
        services: byName(called),
        actions: byName(called),
        /** Topics that may be listened to; `/camera/*` is all below. */
        subscribe: z
          .array(
            z
              .string()
              .max(300)
              .regex(/^(?:\/[A-Za-z][A-Za-z0-9_]*)*(?:\/\*)?$/),
          )
          .max(500)
          .default([]),
        /** Milliseconds between signs of life; a client or a robot that misses two is taken for gone. */
        heartbeatMs: z.number().int().min(50).max(60_000).default(1000),
      }),
    )
    .default({}),
})
export type RobotConfig = z.infer<typeof robotConfigSchema>
export type RobotSetting = RobotConfig['robots'][string]
export type TopicSetting = RobotSetting['publish'][string]
