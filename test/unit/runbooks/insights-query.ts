const commands = ['fields', 'filter', 'stats', 'sort', 'limit', 'display', 'dedup', 'parse'];
const words = new Set([
  ...commands,
  ...['and', 'or', 'not', 'in', 'like', 'as', 'by', 'asc', 'desc'],
  ...['count', 'count_distinct', 'min', 'max', 'pct', 'sum', 'avg', 'datefloor', 'ispresent'],
]);

/** Without what is quoted, and without regular expressions. */
const bare = (query: string): string => query.replaceAll(/"[^"]*"|'[^']*'|(?<= like )\/[^/]*\//g, '0');

/**
 * The fields that a query of CloudWatch Logs Insights reads.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 * @throws for a part that begins with no command
 */
export const fieldsRead = (query: string): readonly string[] => {
  const parts = bare(query).split('|');
  for (const part of parts) {
    const [command = ''] = part.trim().split(/\s/);
    if (!commands.includes(command)) throw new Error(`"${command}" is no command of Logs Insights, in: ${query}`);
  }
  const names = [...bare(query).matchAll(/(?<![\w.@])[@A-Za-z_][\w.]*/g)].map(([name]) => name);
  const made = new Set([...bare(query).matchAll(/\bas (\w+)/g)].map(([, name]) => name));
  return [...new Set(names)].filter((name) => !words.has(name) && !made.has(name));
};
