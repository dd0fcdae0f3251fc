import { areaTexts } from '../text/area';
import { refusals as en } from '../text/en.refusals';
import { refusals as zh } from '../text/zh.refusals';

interface Advice {
  what: string; // is wrong with the record
  mend: string; // what to do about it
}

// useRefusals are the codes of refused records in words: one set for hospitals and officers.
export const useRefusals = areaTexts<Record<string, Advice>>({ zh, en });

// useMend gives the words of a code; of one that is newer than this page the code alone.
export function useMend(): (code: string) => Advice {
  const refusals = useRefusals();
  return (code) => refusals[code] ?? { what: code, mend: '' };
}
