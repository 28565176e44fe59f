export { isPublicSubnet, somePublic } from './reach/subnets';
