import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { Config } from './config.js';
import { namesHost } from './host-entries.js';
import { isWithin, networks } from './networks.js';
import { specialNetworks } from './special-networks.js';

/** Where stored addresses may lead. The origin of OW_API_URL is whoever runs the service's own word and always may. */
export interface Egress {
  /** Why a stored address is not connected to; undefined when it may be. */
  refusal(url: string): string | undefined;
  /** Resolves names for sockets; an answer with an address that is not allowed is an error, so no socket opens. */
  readonly lookup: LookupFunction;
}

export type EgressConfig = Partial<Pick<Config, 'OW_API_URL' | 'UPSTREAM_HOSTS' | 'UPSTREAM_NETWORKS'>>;

export function createEgress(config: EgressConfig, resolve: typeof systemLookup = systemLookup): Egress {
  const own = config.OW_API_URL === undefined ? undefined : new URL(config.OW_API_URL);
  const special = networks(specialNetworks);
  const opened = networks(config.UPSTREAM_NETWORKS ?? []);
  const mayReach = (address: string) => isWithin(opened, address) || !isWithin(special, address);
  return {
    refusal(text) {
      const url = new URL(text);
      if (url.origin === own?.origin) return undefined;
      // Other parsers take what follows for the host.
      if (/[@\\]/.test(text)) return 'must hold no user name, no @ and no backslash';
      if (!namesHost(config.UPSTREAM_HOSTS ?? [], url))
        return 'its host is not in UPSTREAM_HOSTS; whoever runs this service can add it there';
      const address = url.hostname.replace(/^\[|\]$/g, '');
      if (isIP(address) !== 0 && !mayReach(address))
        return 'its address is in no public network; whoever runs this service can add it to UPSTREAM_NETWORKS';
      return undefined;
    },
    lookup(hostname, options, callback) {
      resolve(hostname, { ...options, all: true }, (failure, addresses) => {
        const isOpen = hostname === own?.hostname || addresses.every(({ address }) => mayReach(address));
        if (failure) callback(failure, []);
        else if (isOpen) answer(addresses, options.all === true, callback);
        else callback(new Error('the name leads to an address that is not allowed'), []);
      });
    },
  };
}

function answer(
  addresses: readonly LookupAddress[],
  all: boolean,
  callback: Parameters<LookupFunction>[2],
): void {
  const [first] = addresses;
  if (all || first === undefined) callback(null, [...addresses]);
  else callback(null, first.address, first.family);
}
