import { domainNameHardening, httpDomainNameHardening } from '../constructs/api/domain-name-hardening';
import { httpApiHardening, httpStageHardening } from '../constructs/api/http-api-hardening';
import { restApiHardening, specRestApiHardening } from '../constructs/api/rest-api-hardening';
import { stageHardening } from '../constructs/api/stage-hardening';
import { webSocketStageHardening } from '../constructs/api/web-socket-stage-hardening';
import { clusterHardening } from '../constructs/compute/cluster-hardening';
import { containerHardening } from '../constructs/compute/container-hardening';
import { eksClusterHardening } from '../constructs/compute/eks-cluster-hardening';
import { eventSourceMappingHardening } from '../constructs/compute/event-source-mapping-hardening';
import { fargateServiceHardening } from '../constructs/compute/fargate-service-hardening';
import { functionHardening } from '../constructs/compute/function-hardening';
import { autoScalingGroupHardening, bastionHardening, instanceHardening, launchTemplateHardening } from '../constructs/compute/instance-hardening';
import { repositoryHardening } from '../constructs/compute/repository-hardening';
import { taskDefinitionHardening } from '../constructs/compute/task-definition-hardening';
import { databaseClusterHardening, restoredClusterHardening } from '../constructs/database/database-cluster-hardening';
import { databaseInstanceHardening, replicaInstanceHardening, restoredInstanceHardening } from '../constructs/database/database-instance-hardening';
import { documentClusterHardening } from '../constructs/database/document-cluster-hardening';
import { searchDomainHardening } from '../constructs/database/search-domain-hardening';
import { tableHardening, tableV1Hardening } from '../constructs/database/table-hardening';
import { userPoolClientHardening } from '../constructs/identity/user-pool-client-hardening';
import { userPoolHardening } from '../constructs/identity/user-pool-hardening';
import { logGroupHardening } from '../constructs/logging/log-group-hardening';
import { eventBusHardening } from '../constructs/messaging/event-bus-hardening';
import { queueHardening } from '../constructs/messaging/queue-hardening';
import { topicHardening } from '../constructs/messaging/topic-hardening';
import { canaryHardening } from '../constructs/monitoring/canary-hardening';
import { distributionHardening } from '../constructs/network/distribution-hardening';
import { applicationListenerHardening, networkListenerHardening } from '../constructs/network/listener-hardening';
import { applicationLoadBalancerHardening, networkLoadBalancerHardening } from '../constructs/network/load-balancer-hardening';
import { vpcHardening } from '../constructs/network/vpc-hardening';
import { keyHardening } from '../constructs/security/key-hardening';
import { secretHardening } from '../constructs/security/secret-hardening';
import { bucketHardening } from '../constructs/storage/bucket-hardening';
import { fileSystemHardening } from '../constructs/storage/file-system-hardening';
import { volumeHardening } from '../constructs/storage/volume-hardening';
import { deliveryStreamHardening } from '../constructs/streaming/delivery-stream-hardening';
import { streamHardening } from '../constructs/streaming/stream-hardening';
import { Hardening } from '../constructs/support/hardening';
import { stateMachineHardening } from '../constructs/workflow/state-machine-hardening';

/** Every L2 that the blueprint makes secure, one hardening each. */
export const HARDENINGS: readonly Hardening<any>[] = [
  applicationListenerHardening,
  applicationLoadBalancerHardening,
  autoScalingGroupHardening,
  bastionHardening,
  bucketHardening,
  canaryHardening,
  clusterHardening,
  containerHardening,
  databaseClusterHardening,
  databaseInstanceHardening,
  deliveryStreamHardening,
  distributionHardening,
  documentClusterHardening,
  domainNameHardening,
  eksClusterHardening,
  eventBusHardening,
  eventSourceMappingHardening,
  fargateServiceHardening,
  fileSystemHardening,
  functionHardening,
  httpApiHardening,
  httpDomainNameHardening,
  httpStageHardening,
  instanceHardening,
  keyHardening,
  launchTemplateHardening,
  logGroupHardening,
  networkListenerHardening,
  networkLoadBalancerHardening,
  queueHardening,
  replicaInstanceHardening,
  repositoryHardening,
  restApiHardening,
  restoredClusterHardening,
  restoredInstanceHardening,
  searchDomainHardening,
  secretHardening,
  specRestApiHardening,
  stageHardening,
  stateMachineHardening,
  streamHardening,
  tableHardening,
  tableV1Hardening,
  taskDefinitionHardening,
  topicHardening,
  userPoolClientHardening,
  userPoolHardening,
  volumeHardening,
  vpcHardening,
  webSocketStageHardening,
];
