/** A PostgreSQL server as sources.yaml names it for measuring and for reconciling. */
import { z } from 'zod';

export const postgres = z.strictObject({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535).default(5432),
  database: z.string().min(1),
  schema: z.string().min(1).optional(),
  user: z.string().min(1),
  password: z.string().optional(),
  /** Off only for a socket or a server on this host. */
  tls: z.boolean().default(true),
  /** File of the own certificate authority, PEM. */
  ca_file: z.string().optional(),
});
export type PostgresSetting = z.output<typeof postgres>;
