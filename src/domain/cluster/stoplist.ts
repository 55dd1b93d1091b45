const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** English words that carry no meaning of their own; no phrase holds one. Other languages are left to the score. */
export const emptyWords = list(`
  a about above across after again against all allow allows almost along already also although always am among an and
  another any anyone anything anywhere are aren't around as ask at away back be became because become becomes been before
  behind being below best better between beyond big bit both but by came can can't cannot come comes could currently day
  did didn't different do does doesn't doing don't done down due during each earlier easier easiest easily easy either
  else enough especially etc even ever every everyone everything everywhere example far faster fastest few find first
  five for forward four from full fully further gave get gets getting give given gives giving go goes going gone good
  got great had half has hasn't have haven't having he her here high higher highest highly him his hour how however
  hundred i i'm if i'll i've in instead into is isn't it it's its itself just keep keeps kind knew know known large larger
  largest last later least left less let lets let's like likely little live long longer look looking lot lots low lower
  made main mainly make makes making many may maybe me mean means might million month more most mostly much must my near
  nearly need needed needs never new newer next nine no none nor not nothing now number of off often old on once one ones
  only onto or other others our ours out over own part per perhaps place please plus possible put quick quickly quite
  rather ready really right run running said same saw say says second see seen seven several shall she should show
  since single six small smaller so some someone something soon started starting state still stop such sure take taken
  takes taking ten than thank thanks that that's the their them themselves then there these they they're thing things
  think this those though thousand three through throughout time to today together told too took top toward towards turn
  two under until up upon us use used user uses using usually various very via want wants was wasn't way ways we we're
  we've week well went were what whatever when where whether which while who whole whom whose why will with within without
  won't work worked working works would year yes yet you you're you've your yours yourself
`);

/** Words that most companies say of themselves; they may stand in a pair, but name nothing alone. */
export const genericWords = list(`
  ability able access achieve add advanced affordable aim approach area available aware base based benefit billion
  bring build builder building built business call cause center change choose client combine company complete complex
  connect continue core corporate cost create created creating creator custom customer cutting deal deliver delivering
  demand designed develop developed developing development digital direct discover drive driven edge effective
  efficient eliminate empower enable enabling end enhance ensure enterprise entire environment exist existing expand
  experience expert explore fast feature field flexible focus focused form found founded founder founding free
  friendly function future global goal group grow growing growth hand handle help helped helping idea ideal impact
  important improve improving include including increase independent individual industry information innovation
  innovative insight instant instantly integrate integrated integration international issue join key launch launched
  lead leader leading learn let level leverage life line link love manage management manager mass member mission model
  modern monthly move multiple native offer offering online open operate operation opportunity option organisation
  organization partner passionate people perfect perform performance person personal personalised personalized
  platform point popular potential power powered powerful practice problem process processes product productive
  professional program project provide provider providing quality question range reach reason reduce region reliable
  replace require result revolutionize role save saving scalable scale seamless seamlessly serve service set setup
  share simple simplify simply size smart software solution solve solving special specialize specific speed spend
  stage standard start startup step strategy streamline strong success successful suite system target task team tech
  technology tool traditional transform transparent try type unique unlock update value venture vision visit visualize
  website wide workflow workplace world worldwide
`);
