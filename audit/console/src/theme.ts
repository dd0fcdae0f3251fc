import { theme, type ThemeConfig } from 'antd';

const fontFamily = "-apple-system, 'Segoe UI', 'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', 'Microsoft YaHei', sans-serif";

// What is written faintly is still read: these have a contrast of 4.5 and more.
const faint = {
  light: {
    colorPrimary: '#0f66e0',
    colorTextTertiary: 'rgba(0,0,0,0.6)',
    colorTextPlaceholder: 'rgba(0,0,0,0.56)',
    colorTextDescription: 'rgba(0,0,0,0.6)',
    colorLink: '#0b5fd6',
  },
  dark: {
    colorTextTertiary: 'rgba(255,255,255,0.65)',
    colorTextPlaceholder: 'rgba(255,255,255,0.56)',
    colorTextDescription: 'rgba(255,255,255,0.65)',
    colorLink: '#5ea3ff',
  },
};

// themeOf is dense, for people who look at it all day.
export const themeOf = (dark: boolean): ThemeConfig => ({
  cssVar: { key: 'console' },
  algorithm: [dark ? theme.darkAlgorithm : theme.defaultAlgorithm, theme.compactAlgorithm],
  token: { fontSize: 15, borderRadius: 5, fontFamily, ...(dark ? faint.dark : faint.light) }, // compact makes it 13
});
