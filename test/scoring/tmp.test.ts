import { test } from 'vitest';
import { onNight } from '/work/main/test/support/night.ts';
test('x', async () => {
  for (let i=0;i<3;i++){ const t=performance.now();
  await onNight({databases:['a','b'],facts:[{about:'a',attribute:'c12.connection',state:'one_way'}]}, async n=>{ const r=await n.row('publication.readiness','a'); if(i==0) process.stdout.write(JSON.stringify(r)+'\n');
   const f=await n.findings(); const ac=await n.actions(); if(i==0) process.stdout.write(f.length+' '+ac.length+'\n') });
  process.stdout.write((performance.now()-t)+'\n');}
});
