import { Duration, Size } from 'aws-cdk-lib';

/** How a function is watched. */
export interface FunctionAlarmOptions {
  /**
   * The part of the invocations within five minutes that may fail, in percent.
   *
   * @default - any error rings
   */
  readonly errorPercent?: number;
}

/** How a queue is watched. */
export interface QueueAlarmOptions {
  /** How long a message may wait: longer than the consumers usually need, shorter than the retention of the queue. */
  readonly maxAge: Duration;
}

/** How a load balancer or an API is watched. */
export interface ErrorRateAlarmOptions {
  /**
   * The part of the requests within five minutes that may end in an error of the server, in percent.
   *
   * @default 5
   */
  readonly errorPercent?: number;
}

/** How a database instance is watched. */
export interface DatabaseInstanceAlarmOptions {
  /** How much storage must stay free: as much as the database grows by until somebody has enlarged it. */
  readonly freeStorage: Size;
  /**
   * The load of the processor that rings after five minutes, in percent.
   *
   * @default 90
   */
  readonly cpuPercent?: number;
  /**
   * The number of connections that rings: what the class of the instance and its clients can bear.
   *
   * @default - connections are not watched
   */
  readonly maxConnections?: number;
}

/** How a database cluster is watched. */
export interface DatabaseClusterAlarmOptions {
  /**
   * How much storage must stay free.
   *
   * @default - not watched: the storage of Aurora grows by itself
   */
  readonly freeStorage?: Size;
  /**
   * The load of the processors that rings after five minutes, in percent.
   *
   * @default 90
   */
  readonly cpuPercent?: number;
  /**
   * The number of connections that rings.
   *
   * @default - connections are not watched
   */
  readonly maxConnections?: number;
}

/** How a cluster of DocumentDB is watched. */
export interface DocumentClusterAlarmOptions {
  /**
   * The load of the processors that rings after five minutes, in percent.
   *
   * @default 90
   */
  readonly cpuPercent?: number;
  /**
   * The number of connections that rings.
   *
   * @default - connections are not watched
   */
  readonly maxConnections?: number;
}

/** How a cluster of Neptune is watched. */
export interface GraphClusterAlarmOptions {
  /**
   * The load of the processors that rings after five minutes, in percent.
   *
   * @default 90
   */
  readonly cpuPercent?: number;
}

/** How an ECS service is watched. */
export interface EcsServiceAlarmOptions {
  /**
   * The load of the processors that rings after five minutes, in percent of what the tasks reserve.
   *
   * @default 80
   */
  readonly cpuPercent?: number;
  /**
   * The use of memory that rings after five minutes, in percent of what the tasks reserve.
   *
   * @default 80
   */
  readonly memoryPercent?: number;
}

/** How a data stream is watched. */
export interface StreamAlarmOptions {
  /** How far the slowest reader may be behind: shorter than the retention of the stream. */
  readonly maxIteratorAge: Duration;
}

/** How a delivery stream is watched. */
export interface DeliveryStreamAlarmOptions {
  /**
   * The age of the oldest record that has not arrived: longer than the stream buffers.
   *
   * @default Duration.minutes(30)
   */
  readonly maxAge?: Duration;
}

/** How a search domain is watched. */
export interface SearchDomainAlarmOptions {
  /** How much storage must stay free on each node. AWS recommends a quarter of it. */
  readonly freeStorage: Size;
}

/** How a cache is watched. */
export interface CacheAlarmOptions {
  /** The use of memory of a node that rings, in percent: less where data must not be evicted. */
  readonly memoryPercent: number;
}

/** Thresholds that only the owner of the resources knows. What needs one that is not given is left out, with a warning. */
export interface WatchAllOptions {
  /**
   * How long a message may wait in a queue.
   *
   * @default - queues are not watched, but for those that take dead letters
   */
  readonly queueMaxAge?: Duration;
  /**
   * How much storage must stay free in a database instance.
   *
   * @default - database instances are not watched
   */
  readonly databaseFreeStorage?: Size;
  /**
   * How far the slowest reader of a data stream may be behind.
   *
   * @default - data streams are not watched
   */
  readonly streamMaxIteratorAge?: Duration;
  /**
   * How much storage must stay free on each node of a search domain.
   *
   * @default - search domains are not watched
   */
  readonly searchFreeStorage?: Size;
  /**
   * The use of memory of a node of a cache that rings, in percent.
   *
   * @default - caches are not watched
   */
  readonly cacheMemoryPercent?: number;
}
