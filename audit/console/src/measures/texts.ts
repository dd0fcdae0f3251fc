import { areaTexts } from '../text/area';
import { fields as enFields } from '../text/en.fields';
import { matters as enMatters } from '../text/en.matters';
import { measures as en } from '../text/en.measures';
import { fields as zhFields } from '../text/zh.fields';
import { matters as zhMatters } from '../text/zh.matters';
import { measures as zh } from '../text/zh.measures';
import type { Words } from './words';

export const useMeasures = areaTexts({ zh, en });

// useWords are the words of what the API names: kinds, states, steps, fields.
export const useWords = areaTexts<Words>({ zh: { ...zhFields, ...zhMatters }, en: { ...enFields, ...enMatters } });
