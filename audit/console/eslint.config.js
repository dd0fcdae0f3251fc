import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const letters = /[A-Za-z]{2}|[\u3400-\u9fff]/;
const han = /[\u3400-\u9fff]/;
const spoken = new Set(['title', 'placeholder', 'aria-label', 'alt', 'label', 'description', 'subTitle', 'okText', 'cancelText', 'extra', 'tooltip']);
// title={false} and the like are no texts.
const isText = (node) => node?.type === 'Literal' && typeof node.value === 'string' && letters.test(node.value);
const message = 'texts stand in src/text, in both languages';

// What people read is written in both languages in src/text, and nowhere else.
const translated = {
  create: (context) => ({
    JSXText(node) {
      if (letters.test(node.value)) context.report({ node, message });
    },
    JSXAttribute(node) {
      const value = node.value?.type === 'JSXExpressionContainer' ? node.value.expression : node.value;
      if (spoken.has(node.name.name) && isText(value)) context.report({ node, message });
    },
    JSXExpressionContainer(node) {
      const { expression } = node;
      if (node.parent.type === 'JSXElement' && isText(expression)) context.report({ node, message });
    },
    Literal(node) {
      if (typeof node.value === 'string' && han.test(node.value)) context.report({ node, message });
    },
    TemplateElement(node) {
      if (han.test(node.value.raw)) context.report({ node, message });
    },
  }),
};

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.ts'] },
  { files: ['src/**/*.{ts,tsx}'], extends: [tseslint.configs.strict, tseslint.configs.stylistic, hooks.configs.flat.recommended] },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/text/**', 'src/**/*.test.ts'],
    plugins: { words: { rules: { translated } } },
    rules: { 'words/translated': 'error' },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'max-lines': ['error', 300],
      '@typescript-eslint/no-non-null-assertion': 'off', // an index that was just looked up
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-globals': ['error', { name: 'parseFloat', message: 'money knows no floats' }],
    },
  },
);
