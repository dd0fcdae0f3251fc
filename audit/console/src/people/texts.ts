import { areaTexts } from '../text/area';
import { people as en } from '../text/en.people';
import { people as zh } from '../text/zh.people';

export const usePeople = areaTexts({ zh, en });
