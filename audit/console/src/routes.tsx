import { createBrowserRouter } from 'react-router';
import { areas } from './areas';
import { BrokenPage } from './shell/BrokenPage';
import { Home } from './shell/Home';
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
        children: [{ index: true, Component: Home }, ...areas.flatMap((area) => area.routes)],
      },
    ],
  },
]);
