import type { Plugin } from 'vite';

const locker = '\0no-scroll-locker';

// noScrollLocker leaves out what keeps the page below a dialog from scrolling: the body of
// this page never scrolls, and the style that would be written for it carries no nonce, so
// the content security policy refuses it.
export function noScrollLocker(): Plugin {
  return {
    name: 'no-scroll-locker',
    enforce: 'pre',
    resolveId: (source, importer) =>
      /\/useScrollLocker(\.js)?$/.test(source) && importer?.includes('@rc-component/portal') ? locker : undefined,
    load: (id) => (id === locker ? 'export default () => {};' : undefined),
  };
}
