import { CommandError } from '../command-error.ts';

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);

/**
 * The address of an API, without a slash at its end. A token is sent there, so it must be https, or this very machine.
 * @throws CommandError with exit code 2
 */
export const parseApiUrl = (text: string, from: string): string => {
  const refuse = (why: string): never => {
    throw new CommandError(`${from} is "${text}": ${why}, such as https://api.example.com.`, 2);
  };
  const url = URL.canParse(text) ? new URL(text) : refuse('expected the address of the API');
  if (url.username || url.password) {
    throw new CommandError(`${from} holds a user name or password: give the address alone.`, 2);
  }
  if (url.search || url.hash) refuse('expected an address without ? and #');
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    refuse('a token must not travel in the clear; expected an https address');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') refuse('expected an https address');
  return url.href.replace(/\/+$/, '').replace(/\/v1$/, '');
};
