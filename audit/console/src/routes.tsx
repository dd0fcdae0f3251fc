import { createBrowserRouter, redirect } from 'react-router';
import { BrokenPage } from './shell/BrokenPage';
import { Shell } from './shell/Shell';
import { Waiting } from './shell/Waiting';

// Each page is loaded when it is gone to.
export const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <BrokenPage />,
    HydrateFallback: () => <Waiting rows={14} />,
    children: [
      {
        errorElement: <BrokenPage />,
        children: [
          { index: true, loader: () => redirect('/findings') },
          { path: 'findings', lazy: async () => ({ Component: (await import('./queue/QueuePage')).QueuePage }) },
          { path: 'findings/:id', lazy: async () => ({ Component: (await import('./stay/FindingPage')).FindingPage }) },
          { path: 'stays/:institution/:stay', lazy: async () => ({ Component: (await import('./stay/StayPage')).StayPage }) },
        ],
      },
    ],
  },
]);
