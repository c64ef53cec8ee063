/** The night as a CronJob of Kubernetes, for the image of the Containerfile. Rule: not root, and only `/srv/csdl` and `/tmp` can be written. */
import { stringify } from 'yaml';
import { headLines, type Installation, TIME_ZONE } from './installation.ts';

/** The user of the Containerfile. */
const USER = 10_001;

export function cronJob(found: Installation): string {
  const { at, version } = found;
  const [hour = '1', minute = '30'] = at.split(':');
  const inCluster = { ...found, secretsFile: 'the Secret csdl-secrets' };
  const comments = [
    ...headLines(inCluster),
    'Made for the image of the Containerfile; put the name your registry gives it under `image`.',
    'Settings: ConfigMap csdl-config (kubectl create configmap csdl-config --from-file=DIR), or a volume where it has subfolders.',
    'Results: PersistentVolumeClaim csdl-out, one writer at a time (ReadWriteOncePod).',
    'The host name is fixed on purpose: the lock of a pod that was killed is known as stale by the next one only by its host.',
  ];
  const job = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'csdl-night', labels: { 'app.kubernetes.io/name': 'csdl-readiness' } },
    spec: {
      schedule: `${Number(minute)} ${Number(hour)} * * *`,
      timeZone: TIME_ZONE,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 14_400,
      successfulJobsHistoryLimit: 7,
      failedJobsHistoryLimit: 14,
      jobTemplate: { spec: { backoffLimit: 0, activeDeadlineSeconds: 14_400, template: { spec: pod(version) } } },
    },
  };
  return `${comments.map((line) => `# ${line}\n`).join('')}${stringify(job, { lineWidth: 0 })}`;
}

function pod(version: string): Record<string, unknown> {
  return {
    restartPolicy: 'Never',
    hostname: 'csdl-night',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 60,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      fsGroup: USER,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'csdl',
        image: `csdl-readiness:${version}`,
        args: ['run', '--config', '/etc/csdl', '--out', '/srv/csdl', '--log-format', 'json'],
        envFrom: [{ secretRef: { name: 'csdl-secrets', optional: true } }],
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        resources: {
          requests: { cpu: '500m', memory: '1Gi' },
          limits: { memory: '4Gi' },
        },
        volumeMounts: [
          { name: 'config', mountPath: '/etc/csdl', readOnly: true },
          { name: 'out', mountPath: '/srv/csdl' },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      },
    ],
    volumes: [
      { name: 'config', configMap: { name: 'csdl-config' } },
      { name: 'out', persistentVolumeClaim: { claimName: 'csdl-out' } },
      { name: 'tmp', emptyDir: { sizeLimit: '2Gi' } },
    ],
  };
}
