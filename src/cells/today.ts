/** The day it is here, as an ISO day. */
export function today(): string {
  // Swedish writes its dates as ISO does.
  return new Date().toLocaleDateString('sv');
}
