import './shell/link'; // before the router reads the address
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { resume } from './api/session';
import { App } from './App';
import './console.css';

await resume().catch(() => undefined); // without an answer the page asks who comes
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
