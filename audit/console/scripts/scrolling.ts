import type { Plugin } from 'vite';

const locker = '\0no-scroll-locker';
const styles = '\0no-scroll-bar-styles';

// noScrollStyles leaves out two pieces of the components that write a style without a
// nonce, which the content security policy refuses: what keeps the page below a dialog
// from scrolling (the body of this page never scrolls), and how scroll bars are measured
// that a page has given a width of its own (this one has not).
export function noScrollStyles(): Plugin {
  return {
    name: 'no-scroll-styles',
    enforce: 'pre',
    resolveId(source, importer = '') {
      if (/\/useScrollLocker(\.js)?$/.test(source) && importer.includes('@rc-component/portal')) return locker;
      if (/\/dynamicCSS(\.js)?$/.test(source) && /\/getScrollBarSize\.js$/.test(importer)) return styles;
      return undefined;
    },
    load(id) {
      if (id === locker) return 'export default () => {};';
      return id === styles ? 'export const updateCSS = () => {}; export const removeCSS = () => {};' : undefined;
    },
  };
}
