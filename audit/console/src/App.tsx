import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as Messages, ConfigProvider, Modal } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, Suspense, useEffect, useState } from 'react';
import { RouterProvider } from 'react-router';
import { Problem } from './api/problem';
import { useSession } from './api/session';
import { OutboxProvider } from './decision/OutboxProvider';
import { useDark, usePreferences } from './preferences';
import { router } from './routes';
import { LiveProvider } from './shell/LiveProvider';
import { oneTimeLink } from './shell/link';
import { SignIn } from './shell/SignIn';
import { SpendLink } from './shell/SpendLink';
import { useTexts } from './text';
import { themeOf } from './theme';

// What a second request cannot mend is not asked twice.
const again = (failures: number, error: Error) =>
  failures < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500);

const queries = new QueryClient({
  defaultOptions: { queries: { retry: again, staleTime: 30_000, refetchOnWindowFocus: false } },
});

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

// Whoever must set up a second factor can do nothing else before: the API refuses it.
const MustEnroll = lazy(async () => ({ default: (await import('./people/MustEnroll')).MustEnroll }));

export function App() {
  const { language } = usePreferences();
  const { identity, expired } = useSession();
  const texts = useTexts();
  const dark = useDark();
  const [link, setLink] = useState(oneTimeLink);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.dataset['appearance'] = dark ? 'dark' : 'light';
    document.title = texts.product;
  }, [language, dark, texts]);
  useEffect(() => {
    if (!identity) queries.clear(); // the next one at this browser sees nothing of it
    else if (!expired) void queries.invalidateQueries();
  }, [identity, expired]);
  return (
    <ConfigProvider
      {...(nonce ? { csp: { nonce } } : {})}
      locale={language === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      theme={themeOf(dark)}
    >
      <Messages className="console app" message={{ maxCount: 3 }}>
        <QueryClientProvider client={queries}>
          {link ? (
            <SpendLink link={link} done={() => setLink(undefined)} />
          ) : identity ? (
            <>
              {identity.must_enroll_totp ? (
                <Suspense>
                  <MustEnroll />
                </Suspense>
              ) : (
                <LiveProvider>
                  <OutboxProvider>
                    <RouterProvider router={router} />
                  </OutboxProvider>
                </LiveProvider>
              )}
              <Modal open={expired} destroyOnHidden closable={false} footer={null} keyboard={false} width={420}>
                <SignIn expired />
              </Modal>
            </>
          ) : (
            <SignIn />
          )}
        </QueryClientProvider>
      </Messages>
    </ConfigProvider>
  );
}
