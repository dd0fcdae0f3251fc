import { MatterPage } from './MatterPage';

// SanctionPage is one measure.
export const SanctionPage = () => <MatterPage of="sanctions" />;
