/**
 * A message for an incoming webhook, as JSON Schema: the blocks that a page is made of, with the limits of
 * https://docs.slack.dev/reference/block-kit/blocks/header-block, /section-block, /context-block, /divider-block and
 * https://docs.slack.dev/reference/block-kit/composition-objects/text-object. Slack has more kinds of blocks.
 */
const text = (types: readonly string[], maxLength: number) => ({
  type: 'object',
  required: ['type', 'text'],
  additionalProperties: false,
  properties: {
    type: { enum: types },
    text: { type: 'string', minLength: 1, maxLength },
    emoji: { type: 'boolean' },
    verbatim: { type: 'boolean' },
  },
});

const blockOf = (type: string, required: readonly string[], properties: object) => ({
  type: 'object',
  required: ['type', ...required],
  additionalProperties: false,
  properties: { type: { const: type }, block_id: { type: 'string', maxLength: 255 }, ...properties },
});

const both = ['mrkdwn', 'plain_text'];

export const slackSchema = {
  type: 'object',
  properties: {
    text: { type: 'string', maxLength: 40_000 },
    blocks: {
      type: 'array',
      maxItems: 50,
      items: {
        oneOf: [
          blockOf('header', ['text'], { text: text(['plain_text'], 150) }),
          {
            ...blockOf('section', [], {
              text: text(both, 3000),
              fields: { type: 'array', maxItems: 10, items: text(both, 2000) },
            }),
            anyOf: [{ required: ['text'] }, { required: ['fields'] }],
          },
          blockOf('context', ['elements'], {
            elements: { type: 'array', minItems: 1, maxItems: 10, items: text(both, 3000) },
          }),
          blockOf('divider', [], {}),
        ],
      },
    },
  },
  anyOf: [{ required: ['text'] }, { required: ['blocks'] }],
} as const;

/** All texts of all blocks together. No page of Slack's says so: https://github.com/slackapi/bolt-js/issues/2509 */
export const slackTextMax = 13_000;
