/**
 * An event of PagerDuty's Events API v2, as JSON Schema. Fields, enumerations and what is required are those of
 * https://github.com/PagerDuty/api-schema/blob/main/reference/events-v2/openapiv3.json; lengths those of
 * https://developer.pagerduty.com/docs/send-alert-event, where a key has 32 characters.
 */
const url = { type: 'string', pattern: '^https?://[^\\s]+$' };

export const pagerDutySchema = {
  type: 'object',
  required: ['routing_key', 'event_action'],
  additionalProperties: false,
  properties: {
    routing_key: { type: 'string', minLength: 32, maxLength: 32 },
    event_action: { enum: ['trigger', 'acknowledge', 'resolve'] },
    dedup_key: { type: 'string', maxLength: 255 },
    client: { type: 'string' },
    client_url: url,
    payload: {
      type: 'object',
      required: ['summary', 'source', 'severity'],
      additionalProperties: false,
      properties: {
        summary: { type: 'string', minLength: 1, maxLength: 1024 },
        timestamp: {
          type: 'string',
          pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:?\\d\\d)$',
        },
        severity: { enum: ['critical', 'warning', 'error', 'info'] },
        source: { type: 'string', minLength: 1 },
        component: { type: 'string' },
        group: { type: 'string' },
        class: { type: 'string' },
        custom_details: { type: 'object' },
      },
    },
    images: {
      type: 'array',
      items: { type: 'object', required: ['src'], properties: { src: url, href: url, alt: { type: 'string' } } },
    },
    links: {
      type: 'array',
      items: { type: 'object', required: ['href'], properties: { href: url, text: { type: 'string' } } },
    },
  },
  if: { properties: { event_action: { const: 'trigger' } } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  then: { required: ['payload'] },
  else: { required: ['dedup_key'] },
} as const;

/** Source: https://developer.pagerduty.com/docs/events-api-v2-overview#size-limits */
export const pagerDutyBytesMax = 512 * 1024;
