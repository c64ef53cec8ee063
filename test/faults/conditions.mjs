export async function conditions() { return 0; }
