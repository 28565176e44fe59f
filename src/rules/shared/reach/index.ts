export { passedOnPorts } from './balancers';
export { groupsClosed, inPublicSubnet, letsEverythingOut, outOfReach, usesDefaultGroup } from './exposure';
export { groupOf, noRule, rulesApart, trafficRules } from './group-rules';
export type { TrafficRules } from './group-rules';
export { DATA_STORES, OTHERS } from './placements';
export { placementOf } from './position';
export { DATA_PORTS, notReachable, PRIVATE_PORTS, RDP, servicesAmong, SSH } from './ports';
export { isInternetGateway, isPublicSubnet, isWorldwideRoute, somePublic } from './subnets';
export { ACL_ENTRY, TrafficRule } from './traffic-rule';
