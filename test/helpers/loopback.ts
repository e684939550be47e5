/** The servers of a test are on this machine, which is no public network. */
export const LOOPBACK = {
  UPSTREAM_HOSTS: ['127.0.0.1:*', 'localhost:*'],
  UPSTREAM_NETWORKS: ['127.0.0.0/8', '::1/128'],
};
