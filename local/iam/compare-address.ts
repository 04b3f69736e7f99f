import { BlockList, isIP } from 'node:net';
import type { Compare } from './compare-text.ts';
import { unknown, verdictOf } from './verdict.ts';

/**
 * Whether an address lies in a range in CIDR notation, IPv4 or IPv6; an address alone is a range of one.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export const inRange: Compare = (wanted, actual) => {
  const [network = '', length] = wanted.text.split('/');
  const [version, actualVersion] = [isIP(network), isIP(actual)];
  const bits = version === 4 ? 32 : 128;
  const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (!version || !actualVersion || !(prefix <= bits))
    return unknown(`"${actual}" and "${wanted.text}" do not compare`);

  const range = new BlockList();
  range.addSubnet(network, prefix, family(version));
  const holds = range.check(actual, family(actualVersion));
  return verdictOf(holds, `"${actual}" is ${holds ? '' : 'not '}in "${wanted.text}"`);
};

const family = (version: number): 'ipv4' | 'ipv6' => (version === 4 ? 'ipv4' : 'ipv6');
