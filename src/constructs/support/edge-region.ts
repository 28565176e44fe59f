/** The region of CloudFront's control plane: there alone its firewalls stand, its logs are taken for delivery, and its metrics are kept. */
export const EDGE_REGION = 'us-east-1';
